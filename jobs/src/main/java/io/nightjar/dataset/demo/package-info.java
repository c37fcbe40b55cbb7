/**
 * A small data set in MVTec AD's layout, painted by procedures: the fifteen categories with their
 * defects and exact masks, so that Nightjar can be tried where no data are at hand.
 */
package io.nightjar.dataset.demo;
