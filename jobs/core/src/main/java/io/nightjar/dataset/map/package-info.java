/**
 * Anomaly maps that other programs wrote: finding the map of each test image and decoding TIFF, NPY
 * and PNG. Used to measure such maps.
 */
package io.nightjar.dataset.map;
