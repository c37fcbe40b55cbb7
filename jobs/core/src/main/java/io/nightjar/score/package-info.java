/**
 * From the distances of an image's patches to its anomaly map at any size and its image score. Maps
 * are processed row by row, so that a full-size map need not exist.
 */
package io.nightjar.score;
