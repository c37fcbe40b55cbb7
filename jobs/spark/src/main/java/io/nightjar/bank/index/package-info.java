/**
 * The fitting of approximate indexes by MLlib: k-means for the lists of an inverted file and random
 * projections for hash tables.
 */
package io.nightjar.bank.index;
