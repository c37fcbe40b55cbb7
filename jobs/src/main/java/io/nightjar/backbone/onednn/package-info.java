/**
 * oneDNN's convolutions for processors with AVX-512: the few of its functions that a trunk needs,
 * and networks that are made of them. Nothing here knows a ResNet.
 */
package io.nightjar.backbone.onednn;
