package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.RowGroups;
import java.util.Arrays;

/** The groups that each query probes, as pairs. */
public final class Probes {
  private final RowGroups groups;
  private int[] queries = new int[1024];
  private int[] probed = new int[1024];
  private int count;
  private long rows;

  /** Starts without probes. */
  public Probes(RowGroups groups) {
    this.groups = groups;
  }

  /** Adds a group that a query probes; queries in ascending order. */
  public void add(int query, int group) {
    if (count == queries.length) {
      queries = Arrays.copyOf(queries, 2 * count);
      probed = Arrays.copyOf(probed, 2 * count);
    }
    queries[count] = query;
    probed[count++] = group;
    rows += groups.size(group);
  }

  int count() {
    return count;
  }

  int query(int probe) {
    return queries[probe];
  }

  int group(int probe) {
    return probed[probe];
  }

  /** Pairs of a query and a row. */
  long rows() {
    return rows;
  }

  /** Offers the rows of each probed group to all its queries at once. */
  public void offer(CentredRows rows, QueryBatch batch) {
    int[] ends = new int[groups.count() + 1];
    for (int probe = 0; probe < count; probe++) {
      ends[probed[probe] + 1]++;
    }
    for (int group = 0; group < groups.count(); group++) {
      ends[group + 1] += ends[group];
    }
    int[] byGroup = new int[count];
    int[] next = ends.clone();
    for (int probe = 0; probe < count; probe++) {
      byGroup[next[probed[probe]]++] = queries[probe];
    }
    float[] gathered = new float[0];
    int dimension = batch.centred().length / batch.count();
    for (int group = 0; group < groups.count(); group++) {
      int[] which = Arrays.copyOfRange(byGroup, ends[group], ends[group + 1]);
      if (which.length > 0) {
        if (gathered.length < which.length * dimension) {
          gathered = new float[which.length * dimension];
        }
        for (int i = 0; i < which.length; i++) {
          System.arraycopy(
              batch.centred(), which[i] * dimension, gathered, i * dimension, dimension);
        }
        int start = groups.start(group);
        rows.offer(gathered, which.length, start, start + groups.size(group), batch, which);
      }
    }
  }
}
