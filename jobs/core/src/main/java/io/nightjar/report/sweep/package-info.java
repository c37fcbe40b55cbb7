/**
 * A sweep over configurations of an evaluation: which is best, what the choice is worth on images
 * that took no part in it, and how each compares with the plain method.
 */
package io.nightjar.report.sweep;
