package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.RowGroups;
import java.util.Arrays;

/** Pairs of a query and a group that it must look through. */
public final class Probes {
  private final RowGroups groups;
  private int[] queries = new int[1024];
  private int[] visited = new int[1024];
  private int count;
  private long rows;

  public Probes(RowGroups groups) {
    this.groups = groups;
  }

  public void add(int query, int group) {
    if (count == queries.length) {
      queries = Arrays.copyOf(queries, 2 * count);
      visited = Arrays.copyOf(visited, 2 * count);
    }
    queries[count] = query;
    visited[count++] = group;
    rows += groups.size(group);
  }

  int count() {
    return count;
  }

  int query(int visit) {
    return queries[visit];
  }

  int group(int visit) {
    return visited[visit];
  }

  /** Pairs of a query and a row. */
  long rows() {
    return rows;
  }

  /** Group after group, all its queries at once. */
  public void offer(CentredRows rows, QueryBatch batch) {
    int[] ends = new int[groups.count() + 1];
    for (int visit = 0; visit < count; visit++) {
      ends[visited[visit] + 1]++;
    }
    for (int group = 0; group < groups.count(); group++) {
      ends[group + 1] += ends[group];
    }
    int[] byGroup = new int[count];
    int[] next = ends.clone();
    for (int visit = 0; visit < count; visit++) {
      byGroup[next[visited[visit]]++] = queries[visit];
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
        rows.offer(
            gathered, which.length, start, start + groups.size(group), batch.candidates(), which);
      }
    }
  }
}
