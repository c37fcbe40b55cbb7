package io.nightjar.report.history;

import io.nightjar.io.HadoopPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs are of one data set: those that read it at the same place, or any category of which
 * had the same files (by name and content), and all that are so related to one another.
 *
 * <p>Records of earlier programs have the place as it was typed. A relative one says nothing of
 * where it was: runs with one are related by files alone.
 */
final class DataSets {
  /** How many sets of one name a run is compared with, the ones with the newest runs first. */
  private static final int MOST_COMPARED = 5;

  private final List<RunRecord> runs;
  private final int[] parents;
  private final Map<String, Integer> seen = new HashMap<>();

  private DataSets(List<RunRecord> runs) {
    this.runs = runs;
    parents = new int[runs.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
  }

  /** Whether two runs had a file in common. */
  interface Evidence {
    boolean haveFileInCommon(RunRecord one, RunRecord other);
  }

  /**
   * The runs of each data set in their given order; the data set of the last run comes first.
   *
   * @param runs in the order of their times
   * @param evidence asked for runs whose records leave it open
   */
  static List<List<RunRecord>> of(List<RunRecord> runs, Evidence evidence) {
    DataSets sets = new DataSets(runs);
    for (int i = 0; i < runs.size(); i++) {
      sets.joinByRecord(i);
    }
    sets.joinByEvidence(evidence);
    Map<Integer, List<RunRecord>> found = new LinkedHashMap<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      found.computeIfAbsent(sets.find(i), root -> new ArrayList<>()).add(runs.get(i));
    }
    return copies(found.values());
  }

  private void joinByRecord(int i) {
    RunRecord run = runs.get(i);
    HadoopPaths.unambiguous(run.root()).ifPresent(place -> join(i, "root " + place));
    for (RunRecord.Category category : run.categories()) {
      String files = run.fingerprints().get(category.category());
      if (files != null) {
        join(i, category.category() + " " + files);
      }
    }
  }

  /** Runs of folders of one name, where the record of one of two does not say which it was. */
  private void joinByEvidence(Evidence evidence) {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      String root = runs.get(i).root();
      if (!root.isEmpty()) {
        byName
            .computeIfAbsent(
                HadoopPaths.name(root.replaceFirst("/+$", "")), name -> new ArrayList<>())
            .add(i);
      }
    }
    byName.values().stream()
        .filter(same -> same.stream().anyMatch(this::isOpen))
        .forEach(same -> joinByEvidence(same, evidence));
  }

  private void joinByEvidence(List<Integer> same, Evidence evidence) {
    for (int at = 1; at < same.size(); at++) {
      int run = same.get(at);
      Set<Integer> compared = new LinkedHashSet<>();
      for (int before = at - 1; before >= 0 && compared.size() < MOST_COMPARED; before--) {
        int other = same.get(before);
        if ((isOpen(run) || isOpen(other))
            && find(run) != find(other)
            && compared.add(find(other))
            && evidence.haveFileInCommon(runs.get(other), runs.get(run))) {
          parents[find(other)] = find(run);
        }
      }
    }
  }

  private boolean isOpen(int run) {
    return HadoopPaths.unambiguous(runs.get(run).root()).isEmpty();
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
