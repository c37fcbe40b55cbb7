/**
 * Decisions on images as columns of a table: p-values, verdicts and regions, by the scores of
 * normal images.
 */
package io.nightjar.decision;
