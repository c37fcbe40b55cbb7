/**
 * Exact search for the nearest rows: matrix products choose candidates, bounding balls skip groups
 * of rows, and float64 distances decide. The documentation of its classes proves that no neighbour
 * is lost.
 */
package io.nightjar.bank.exact;
