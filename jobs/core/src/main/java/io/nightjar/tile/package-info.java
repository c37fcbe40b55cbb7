/**
 * The overlapping tiles that large images are cut into: what is asked for, and where tiles lie in
 * an image.
 */
package io.nightjar.tile;
