package io.nightjar.job.bank;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.Quarantine;
import java.util.List;
import java.util.Optional;

/**
 * The normal images of one category.
 *
 * @param maxQuarantined fraction of them that may be unreadable, in [0, 1]
 */
public record CategoryImages(Category category, double maxQuarantined) implements BankImages {

  @Override
  public String name() {
    return category.name();
  }

  @Override
  public Quarantine quarantine() {
    return Quarantine.of(
        category.name(), category.train().size(), category.leftOut(Split.TRAIN), maxQuarantined);
  }

  @Override
  public void inspect(CategoryPasses passes) {
    passes.inspect(category.train());
  }

  @Override
  public FittedPasses fit(CategoryPasses passes, FitPlan plan) {
    return FittedPasses.of(category.train(), passes, plan);
  }

  @Override
  public int readable(CategoryPasses passes) {
    return passes.readable(category.train()).size();
  }

  @Override
  public List<BankManifest.Source> sources(BankManifest.Source data) {
    return List.of(data);
  }

  @Override
  public Optional<Ledger> inputs(CategoryPasses passes) {
    return Optional.of(category.inputs(passes.quarantine().paths()));
  }
}
