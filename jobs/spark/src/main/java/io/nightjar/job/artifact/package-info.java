/**
 * What an evaluation keeps in a store and takes from it again: the keys of all of it, and the files
 * of inspections, embeddings, distances, counts and figures.
 */
package io.nightjar.job.artifact;
