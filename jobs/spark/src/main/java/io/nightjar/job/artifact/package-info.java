/**
 * What an evaluation keeps in a store and takes from it again: keys of banks, distances and
 * figures, and the files of the latter two.
 */
package io.nightjar.job.artifact;
