package io.nightjar.job.reason;

import io.nightjar.pca.reason.DistanceParts;
import java.io.Serializable;

/**
 * The row of a bank that is nearest to a query.
 *
 * @param query the number of the query
 * @param path what names the row's image within the bank
 * @param sha256 of that image's file, in hexadecimal
 * @param cell the patch of the row, row by row over the grid, from 0
 * @param squared the squared distance, as the search found it
 * @param parts what it consists of
 */
record NearestNormal(
    int query, String path, String sha256, int cell, double squared, DistanceParts parts)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
