/**
 * What a run found, as values: figures of merit with their definitions, scores, and the run itself.
 *
 * @serial exclude
 */
package io.nightjar.report;
