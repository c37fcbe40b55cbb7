/**
 * oneDNN's convolutions for processors with AVX-512: bindings of the few functions that a backbone
 * needs, and networks that are built of them. The only package that uses JNA; it knows nothing of
 * ResNets.
 */
package io.nightjar.backbone.onednn;
