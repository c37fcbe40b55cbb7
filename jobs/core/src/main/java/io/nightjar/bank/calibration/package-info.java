/**
 * The distances of a bank's own patches from the rows of other images, counted compactly: what
 * thresholds that need no labels are made of.
 */
package io.nightjar.bank.calibration;
