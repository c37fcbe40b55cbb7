package io.nightjar.job.bank;

import io.nightjar.dataset.Category;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.report.FailedCategory;
import java.util.List;

/**
 * A bank of the normal images of all categories.
 *
 * @param plan how the bank is fitted to them
 */
public record UnifiedSource(UnifiedImages unified, FitPlan plan) implements SharedSource {

  @Override
  public CategoryBank bank(BankFactory factory) {
    StageClock clock = factory.clock();
    clock.time(
        "inspect",
        () -> {
          unified.inspect(factory.passes());
          return null;
        });
    factory.notes().addAll(factory.passes().labelImageNotes());
    factory.passes().tilesNote().ifPresent(factory.notes()::add);
    factory.passes().shapeNote().ifPresent(factory.notes()::add);
    return factory.ofFitted(
        () -> unified.fit(factory.passes(), plan),
        () -> (long) images(factory.passes()) * factory.passes().spec().patches(),
        plan);
  }

  @Override
  public int images(CategoryPasses passes) {
    return passes.readable(unified.train()).size();
  }

  @Override
  public Quarantine quarantine(Category category, double limit) {
    return unified.filesOf(category);
  }

  @Override
  public Quarantine ofAll() {
    return unified.quarantine();
  }

  @Override
  public int categories() {
    return unified.names().size();
  }

  @Override
  public List<FailedCategory> failures() {
    return unified.failures();
  }
}
