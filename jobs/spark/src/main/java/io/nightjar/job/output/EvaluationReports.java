package io.nightjar.job.output;

import io.nightjar.job.run.RunManifest;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the report of an evaluation from what became of its categories.
 *
 * @param store where the run kept and took artefacts; empty where it did not
 */
public record EvaluationReports(RunManifest manifest, Optional<String> store) {

  /** Makes the report of a run without a store. */
  public EvaluationReports(RunManifest manifest) {
    this(manifest, Optional.empty());
  }

  /** The report of a run whose categories have a bank each, or none. */
  public EvaluationReport report(List<CategoryOutcome> evaluated, List<FailedCategory> failed) {
    return report(evaluated, failed, Map.of());
  }

  /**
   * The report of a run, with the one bank that its categories share.
   *
   * @param sharedBank where the one bank of all categories was, by its name; empty where there was
   *     none
   */
  public EvaluationReport report(
      List<CategoryOutcome> evaluated,
      List<FailedCategory> failed,
      Map<String, Map<String, Object>> sharedBank) {
    Map<String, Map<String, String>> hashes = new LinkedHashMap<>();
    evaluated.forEach(outcome -> hashes.put(outcome.result().category(), outcome.hashes()));
    return new EvaluationReport(
        manifest.info(hashes, banks(evaluated, sharedBank), reuse(evaluated)),
        evaluated.stream().map(CategoryOutcome::result).toList(),
        failed);
  }

  private Map<String, Object> reuse(List<CategoryOutcome> evaluated) {
    Map<String, Reuse> categories = new LinkedHashMap<>();
    evaluated.forEach(outcome -> categories.put(outcome.result().category(), outcome.reuse()));
    return Reuse.describe(store, categories);
  }

  /** Each bank: where it was and, of a stored one, which it was. */
  private Map<String, Object> banks(
      List<CategoryOutcome> evaluated, Map<String, Map<String, Object>> sharedBank) {
    Map<String, Map<String, Object>> places = new LinkedHashMap<>(sharedBank);
    for (CategoryOutcome outcome : evaluated) {
      if (!outcome.bank().isEmpty()) {
        places.put(outcome.result().category(), outcome.bank());
      }
    }
    Map<String, Object> banks = new LinkedHashMap<>();
    Map<?, ?> stored =
        manifest.subject().get(RunManifest.BANKS) instanceof Map<?, ?> map ? map : Map.of();
    places.forEach(
        (name, place) -> {
          Map<Object, Object> bank = new LinkedHashMap<>();
          if (stored.get(name) instanceof Map<?, ?> known) {
            bank.putAll(known);
          }
          bank.putAll(place);
          banks.put(name, bank);
        });
    return banks;
  }
}
