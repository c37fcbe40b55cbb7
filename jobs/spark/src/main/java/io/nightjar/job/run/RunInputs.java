package io.nightjar.job.run;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.map.FoundMaps;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.QuarantinedFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of all inputs of a run: what the listing found, less what could not be read. */
public final class RunInputs {
  private static final Logger LOG = LoggerFactory.getLogger(RunInputs.class);

  private final Map<String, Set<String>> unreadable = new LinkedHashMap<>();

  /** Of a run with this report. */
  public static RunInputs ofReport(EvaluationReport report) {
    RunInputs inputs = new RunInputs();
    report.quarantines().forEach(left -> inputs.leftOut(left.category(), left.files()));
    return inputs;
  }

  /** Takes in the files of a category that were left out; those of the listing do no harm. */
  public RunInputs leftOut(String category, Collection<QuarantinedFile> files) {
    Set<String> paths = unreadable.computeIfAbsent(category, first -> new HashSet<>());
    files.forEach(file -> paths.add(file.path()));
    return this;
  }

  /** The ledger of a run over a catalogue; it is logged. */
  public Inputs of(Catalogue catalogue) {
    Map<String, Ledger> categories = new LinkedHashMap<>();
    for (Category category : catalogue.categories()) {
      categories.put(category.name(), category.inputs(paths(category)));
    }
    return logged(catalogue.description(), categories, catalogue.others());
  }

  /** The same of a run over a catalogue and anomaly maps of its images. */
  public Inputs of(Catalogue catalogue, FoundMaps maps) {
    Map<String, Ledger> categories = new LinkedHashMap<>();
    for (Category category : catalogue.categories()) {
      categories.put(
          category.name(),
          category.inputs(paths(category)).plus(maps.inputs(category.name(), paths(category))));
    }
    return logged(catalogue.description(), categories, catalogue.others().plus(maps.others()));
  }

  private Set<String> paths(Category category) {
    return unreadable.getOrDefault(category.name(), Set.of());
  }

  private static Inputs logged(String readAs, Map<String, Ledger> categories, Ledger others) {
    Ledger total = Ledger.sum(List.copyOf(categories.values())).plus(others);
    Inputs inputs = new Inputs(readAs, total, categories);
    LOG.info("{}", inputs.describe());
    return inputs;
  }
}
