package io.nightjar.report.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs are of one data set: those that read it at the same place, or any category of which
 * had the same files (by name and content), and all that are so related to one another.
 */
final class DataSets {
  private final int[] parents;
  private final Map<String, Integer> seen = new HashMap<>();

  private DataSets(int runs) {
    parents = new int[runs];
    for (int i = 0; i < runs; i++) {
      parents[i] = i;
    }
  }

  /** The runs of each data set in their given order; the data set of the last run comes first. */
  static List<List<RunRecord>> of(List<RunRecord> runs) {
    DataSets sets = new DataSets(runs.size());
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      sets.join(i, "root " + run.root());
      for (RunRecord.Category category : run.categories()) {
        String files = run.fingerprints().get(category.category());
        if (files != null) {
          sets.join(i, category.category() + " " + files);
        }
      }
    }
    Map<Integer, List<RunRecord>> found = new LinkedHashMap<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      found.computeIfAbsent(sets.find(i), root -> new ArrayList<>()).add(runs.get(i));
    }
    return copies(found.values());
  }

  private static List<List<RunRecord>> copies(Collection<List<RunRecord>> sets) {
    return sets.stream().map(DataSets::reversed).toList();
  }

  private static List<RunRecord> reversed(List<RunRecord> runs) {
    List<RunRecord> reversed = new ArrayList<>(runs);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }

  private void join(int run, String mark) {
    Integer other = seen.putIfAbsent(mark, run);
    if (other != null) {
      parents[find(run)] = find(other);
    }
  }

  private int find(int run) {
    int root = run;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
