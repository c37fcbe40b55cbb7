package io.nightjar.job.bank;

import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.ImageRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.job.artifact.CategoryStore;
import io.nightjar.job.bank.version.NextVersion;
import io.nightjar.job.bank.version.VersionWriter;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.StageClock;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps the banks that an evaluation builds, each as a stored bank in the run's store, and finds
 * them again.
 */
record BankKeeper(CategoryStore store, CategoryPasses passes) {

  /** A kept bank and its key. */
  record Kept(ArtifactKey key, StoredBank bank) {}

  /** The bank of the readable ones of these images, where it is kept and whole. */
  Optional<Kept> find(List<ImageRef> train) {
    return store.bankKey(passes.readable(train)).flatMap(key -> find(key, train));
  }

  private Optional<Kept> find(ArtifactKey key, List<ImageRef> train) {
    try {
      store.useBank(key);
      Optional<StoredBank> found =
          StoredBank.find(BankLocation.current(store.bankUri(key)), passes.run().hadoop());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      found.get().requireFits(passes.backbone().value());
      found.get().requireFiles();
      enter(train);
      store.bankIs(key, found.get());
      return Optional.of(new Kept(key, found.get()));
    } catch (InvalidInputException e) {
      store.removeBank(key, e.getMessage());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      store.fault(Text.format("No bank was taken from the store: %s", e.getMessage()));
      return Optional.empty();
    }
  }

  /** The images were read, if only for their hashes: they are among the data of the run. */
  private void enter(List<ImageRef> train) {
    passes
        .quarantine()
        .enter(
            passes.readable(train).stream()
                .map(
                    image ->
                        new FileOutcome(image.relativePath(), store.hash(image).orElse(""), ""))
                .toList());
  }

  /**
   * Writes the rows of a bank whose components were fitted, and publishes it.
   *
   * @return empty where the files are not those that were hashed, or the store cannot be written
   * @throws io.nightjar.job.fit.ChangedFilesException if a file changed since the fit
   */
  Optional<Kept> keep(FittedPasses fitted, List<ImageRef> train, FitPlan plan, StageClock clock) {
    Optional<ArtifactKey> key = store.bankKey(passes.readable(train));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    BankLocation location = BankLocation.current(store.bankUri(key.get()));
    VersionWriter writer =
        new VersionWriter(
            passes,
            passes.stages().category(),
            new NextVersion(location, OptionalInt.empty(), BankManifest.Source.of("")),
            plan);
    try {
      store.useBank(key.get());
      VersionWriter.Written written =
          fitted.verified(
              () ->
                  clock.time(
                      "bank", () -> writer.write(fitted, passes.readable(train).size(), false)),
              unused -> {});
      BankManifest manifest =
          writer.publish(
              fitted.reduction(),
              written.rows(),
              new VersionWriter.Origin(
                  List.of(),
                  Optional.empty(),
                  written.coreset().map(Coreset::describe).orElse("")));
      StoredBank kept = StoredBank.open(location.at(manifest.version()), passes.run().hadoop());
      store.bankIs(key.get(), kept);
      return Optional.of(new Kept(key.get(), kept));
    } catch (IOException | InvalidInputException e) {
      // Another run may have published the same bank at the same time.
      return unkept(e, find(key.get(), train));
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      Optional<Throwable> ofStorage = store.storageFailure(e);
      if (ofStorage.isPresent()) {
        return unkept(ofStorage.get(), Optional.empty());
      }
      throw e;
    }
  }

  private Optional<Kept> unkept(Throwable reason, Optional<Kept> otherwise) {
    if (otherwise.isEmpty()) {
      store.fault(
          Text.format(
              "The bank could not be kept: %s",
              Sentences.shown(String.valueOf(reason.getMessage()))));
    }
    return otherwise;
  }
}
