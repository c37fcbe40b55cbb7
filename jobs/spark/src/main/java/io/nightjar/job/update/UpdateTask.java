package io.nightjar.job.update;

import io.nightjar.bank.store.BankFolder;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.guard.ContaminationGuard;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A bank that is to be updated.
 *
 * @param added what was found for it: the new images, and those that are left out
 * @param layout that they were found in, by its name in options; empty for plain folders and lists,
 *     and where there are none
 */
public record UpdateTask(StoredBank bank, Category added, String layout) {

  /** The new images. */
  public List<ImageRef> images() {
    return added.train();
  }

  /** What the bank consists of besides its images, where it is built of all of them again. */
  public BankOptions bankOptions() {
    ComponentRule rule = bank.manifest().pca().rule();
    return BankOptions.DEFAULT
        .withVariance(rule.variance())
        .withMaxComponents(rule.limit())
        .withStageWeights(rule.weights())
        .withPosition(bank.manifest().position().map(BankManifest.Position::factor).orElse(0.0));
  }

  /**
   * Finds the banks and their new images.
   *
   * @param banks a bank, or a folder of banks by category
   * @param data where the new images are; empty where there are none
   * @param layout that these may be in
   * @param only the categories to update, empty for all
   * @throws InvalidInputException if a bank or the images are not there
   */
  public static List<UpdateTask> list(
      String banks,
      Optional<String> data,
      LayoutChoice layout,
      List<String> only,
      Configuration configuration) {
    BankLocation root = BankLocation.parse(banks);
    if (root.version().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "--bank %s names a version, but only the newest can be updated; name the folder"
                  + " alone.",
              banks));
    }
    if (data.isEmpty()) {
      return BankFolder.open(root, only, configuration).stream()
          .map(
              bank ->
                  new UpdateTask(
                      bank, new Category(bank.manifest().category(), List.of(), List.of()), ""))
          .toList();
    }
    Optional<StoredBank> single = BankFolder.single(root, only, configuration);
    if (single.isPresent()) {
      StoredBank bank = single.get();
      List<String> name = List.of(bank.manifest().category());
      Catalogue found = NormalImages.find(data.get(), name, layout, configuration);
      return List.of(new UpdateTask(bank, found.categories().get(0), found.layout()));
    }
    List<UpdateTask> tasks = new ArrayList<>();
    Catalogue found = NormalImages.find(data.get(), only, layout, configuration);
    for (Category category : found.categories()) {
      StoredBank bank = StoredBank.open(root.category(category.name()), configuration);
      tasks.add(new UpdateTask(bank, category, found.layout()));
    }
    return tasks;
  }

  /**
   * Makes sure, before any work, that the update can be carried out.
   *
   * @param banks how many are updated
   * @throws InvalidInputException if it cannot
   */
  public void requireUsable(UpdateOptions update, int banks, Configuration configuration) {
    requireNames(update, banks);
    bank.requireFiles();
    new BankPublisher(bank.location().uri(), configuration).requireWritable();
    if (!images().isEmpty() || update.refit() == Refit.ALWAYS) {
      requireWhole();
    }
    if (!images().isEmpty()) {
      ContaminationGuard.requireUsable(bank, update.guard());
    }
  }

  private void requireWhole() {
    if (bank.manifest().coreset().isPresent()) {
      throw new InvalidInputException(
          Text.format(
                  "The bank %s keeps a coreset of its images' patches, chosen among all of them, so"
                      + " no image",
                  bank.location())
              + " can be added; build it again with the new images.");
    }
  }

  /** Lists of images are of one bank, and of images that it has. */
  private void requireNames(UpdateOptions update, int banks) {
    if (banks > 1 && !(update.remove().isEmpty() && update.accept().isEmpty())) {
      throw new InvalidInputException(
          Text.format(
              "--remove and --accept name images of one bank, but %d are to be updated; add"
                  + " --category.",
              banks));
    }
    Set<String> known = new HashSet<>();
    bank.manifest().images().stream().map(BankManifest.Image::path).forEach(known::add);
    for (String name : update.remove()) {
      if (!known.contains(name)) {
        throw new InvalidInputException(
            Text.format(
                    "--remove names %s, which the bank %s does not have; nightjar inspect-bank"
                        + " --images lists",
                    name, bank.location())
                + " what it has.");
      }
    }
  }
}
