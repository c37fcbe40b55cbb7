/**
 * TIFF 6.0 and BigTIFF as their writers meant them: directories, sample formats, strips and tiles,
 * their compression and predictors. Images and anomaly maps take their stored samples from here;
 * the values are those of libtiff. Anomaly maps of 16-bit floating point are written as well.
 */
package io.nightjar.dataset.tiff;
