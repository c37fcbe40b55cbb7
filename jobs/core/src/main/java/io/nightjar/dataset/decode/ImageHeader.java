package io.nightjar.dataset.decode;

/**
 * What the header of an image file says.
 *
 * @param size columns and rows
 * @param bits of a stored sample
 */
public record ImageHeader(Dimensions size, int bits) {}
