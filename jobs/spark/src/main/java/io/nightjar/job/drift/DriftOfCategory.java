package io.nightjar.job.drift;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.CategoryDistribution;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.RunDrift;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Compares the runs of one category with its reference, where the scores have one basis.
 *
 * @param baseline runs that are the reference; none where it is the bank's own scores
 */
public record DriftOfCategory(
    String category,
    StoredBank bank,
    List<ScoreRun> baseline,
    DriftLimits limits,
    Configuration configuration) {

  /** A bank's own images are compared with their nearest rows. */
  private static final int OWN_NEIGHBOURS = 1;

  /** What the runs are compared with. */
  private record Reference(
      String source, ScoreBasis basis, Map<DriftScore, ScoreDistribution> scores) {

    Map<DriftScore, ScoreDrift> drifts(CategoryDistribution run, DriftLimits limits) {
      Map<DriftScore, ScoreDrift> drifts = new EnumMap<>(DriftScore.class);
      scores.forEach(
          (score, expected) ->
              drifts.put(score, ScoreDrift.between(expected, run.scores().get(score), limits)));
      return drifts;
    }
  }

  /**
   * Compares all runs that have scores of the category.
   *
   * @param runs from the oldest to the newest
   * @throws InvalidInputException if there is no reference, or no run can be compared with it
   */
  public CategoryDrift of(List<ScoreRun> runs) {
    Reference reference = baseline.isEmpty() ? own() : pooled();
    List<RunDrift> drifts = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (ScoreRun run : runs) {
      Optional<CategoryDistribution> found = run.of(category);
      if (found.isEmpty()) {
        continue;
      }
      List<String> differences = reference.basis().differences(found.get().basis());
      if (differences.isEmpty()) {
        drifts.add(new RunDrift(run.uri(), run.started(), reference.drifts(found.get(), limits)));
      } else {
        notes.add(
            Text.format(
                "%s was passed over, since of the reference and the run %s.",
                run.uri(), String.join("; ", differences)));
      }
    }
    if (drifts.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "No run of category %s can be compared with the reference: %s",
              category, notes.get(0)));
    }
    return new CategoryDrift(
        category,
        bank.location().toString(),
        reference.source(),
        reference.scores(),
        drifts,
        notes);
  }

  private Reference own() {
    ReferenceScores own =
        ReferenceScores.find(bank.location(), configuration)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Text.format(
                                "The bank %s has no reference scores of its own images; name runs over",
                                bank.location())
                            + " normal images with --baseline, or compute them with nightjar"
                            + " inspect-bank --contamination."));
    float[] scores = new float[own.images().size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) own.images().get(i).score();
    }
    return new Reference(
        "the bank's own images",
        new ScoreBasis(
            bank.location().uri(), bank.manifest().version(), bank.sha256(), OWN_NEIGHBOURS),
        Map.of(DriftScore.LARGEST, ScoreDistribution.of(scores)));
  }

  private Reference pooled() {
    List<CategoryDistribution> parts =
        baseline.stream().flatMap(run -> run.of(category).stream()).toList();
    if (parts.isEmpty()) {
      throw new InvalidInputException(
          Text.format("No run of --baseline has scores of category %s.", category));
    }
    ScoreBasis first = parts.get(0).basis();
    if (!first.bankSha256().equals(bank.sha256())) {
      throw new InvalidInputException(
          Text.format(
                  "The runs of --baseline were scored with the bank %s@%d, but --bank is %s; name that",
                  first.bank(), first.version(), bank.location())
              + " version, or score the baseline again.");
    }
    for (CategoryDistribution part : parts) {
      List<String> differences = first.differences(part.basis());
      if (!differences.isEmpty()) {
        throw new InvalidInputException(
            Text.format(
                "The runs of --baseline cannot be pooled for category %s: %s.",
                category, String.join("; ", differences)));
      }
    }
    Map<DriftScore, ScoreDistribution> scores = new EnumMap<>(DriftScore.class);
    for (DriftScore score : DriftScore.values()) {
      scores.put(
          score,
          ScoreDistribution.pooled(parts.stream().map(part -> part.scores().get(score)).toList()));
    }
    return new Reference(
        parts.size() == 1 ? "the baseline" : parts.size() + " runs", first, scores);
  }
}
