/**
 * The choice of one configuration among several by their figures on one half of the test images,
 * and the figure of the choice on the other half: what a choice is worth, and by how much the best
 * figure of all is too good.
 */
package io.nightjar.metric.selection;
