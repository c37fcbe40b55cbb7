package io.nightjar.job.bank;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.Quarantine;
import java.util.List;
import java.util.Optional;

/**
 * Normal images from several places.
 *
 * @param images in the order of their rows
 * @param places where they come from
 * @param inputs what became of every entry that was found for the new ones; empty where nothing was
 *     listed
 * @param maxQuarantined fraction of them that may be unreadable, in [0, 1]
 */
public record ListedImages(
    String name,
    List<ImageRef> images,
    List<String> places,
    Optional<Ledger> inputs,
    double maxQuarantined)
    implements BankImages {

  @Override
  public Quarantine quarantine() {
    return new Quarantine(name, images.size(), maxQuarantined);
  }

  @Override
  public void inspect(CategoryPasses passes) {
    passes.inspect(images);
  }

  @Override
  public FittedPasses fit(CategoryPasses passes, FitPlan plan) {
    return FittedPasses.of(images, passes, plan);
  }

  @Override
  public List<String> sources(String data) {
    return places;
  }

  @Override
  public Optional<Ledger> inputs(CategoryPasses passes) {
    return inputs;
  }
}
