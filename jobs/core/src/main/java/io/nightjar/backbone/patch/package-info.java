/**
 * Patch embeddings as arrays: the maps of several resolutions that they consist of, and a linear
 * reduction applied to those maps before interpolation.
 */
package io.nightjar.backbone.patch;
