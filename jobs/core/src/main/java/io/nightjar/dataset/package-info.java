/**
 * The catalogue of a data set: categories, their images with labels, and ground-truth masks, and
 * the check of files before any pixel is decoded. The packages below it list folders, read and
 * decode files, find anomaly maps, and draw the demo.
 */
package io.nightjar.dataset;
