package io.nightjar.job.bank;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Normal images from several places.
 *
 * @param images in the order of their rows
 * @param hashes SHA-256 of the files by the images' names, as they were found to be
 * @param places where they come from
 * @param inputs what became of every entry that was found for the new ones; empty where nothing was
 *     listed
 * @param maxQuarantined fraction of them that may be unreadable, in [0, 1]
 */
public record ListedImages(
    String name,
    List<ImageRef> images,
    Map<String, String> hashes,
    List<BankManifest.Source> places,
    Optional<Ledger> inputs,
    double maxQuarantined)
    implements BankImages {

  @Override
  public Quarantine quarantine() {
    Quarantine quarantine = new Quarantine(name, images.size(), maxQuarantined);
    quarantine.enter(
        hashes.entrySet().stream()
            .map(known -> new FileOutcome(known.getKey(), known.getValue(), ""))
            .toList());
    return quarantine;
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
  public int readable(CategoryPasses passes) {
    return passes.readable(images).size();
  }

  @Override
  public List<BankManifest.Source> sources(BankManifest.Source data) {
    return places;
  }

  @Override
  public Optional<Ledger> inputs(CategoryPasses passes) {
    return inputs;
  }
}
