package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The stored banks that the categories of a data set are compared with. */
final class CategoryBanks {
  private final Map<String, StoredBank> banks;

  private CategoryBanks(Map<String, StoredBank> banks) {
    this.banks = banks;
  }

  /**
   * Opens the bank of each category.
   *
   * @param location a folder of banks by category, or, for one category, a bank; with or without a
   *     version
   * @throws InvalidInputException if a category has no bank, or it cannot be used
   */
  static CategoryBanks open(
      String location, List<Category> categories, Configuration configuration) {
    BankLocation root = BankLocation.parse(location);
    Map<String, StoredBank> banks = new LinkedHashMap<>();
    if (StoredBank.exists(root.uri(), configuration)) {
      StoredBank bank = StoredBank.open(root, configuration);
      requireOne(bank, categories);
      banks.put(categories.get(0).name(), bank);
    } else {
      for (Category category : categories) {
        banks.put(category.name(), StoredBank.open(root.category(category.name()), configuration));
      }
    }
    return new CategoryBanks(banks);
  }

  private static void requireOne(StoredBank bank, List<Category> categories) {
    if (categories.size() != 1) {
      throw new InvalidInputException(
          "--bank %s is one bank, of category %s, but %d categories are to be evaluated; add"
                  .formatted(bank.location(), bank.manifest().category(), categories.size())
              + " --category, or name a folder of banks.");
    }
    if (!bank.manifest().category().equals(categories.get(0).name())) {
      throw new InvalidInputException(
          "--bank %s is a bank of category %s, but the images are of category %s."
              .formatted(bank.location(), bank.manifest().category(), categories.get(0).name()));
    }
  }

  /**
   * @throws InvalidInputException if a bank was made with another network or lacks a file
   */
  void requireUsable(TrunkModel trunk) {
    for (StoredBank bank : banks.values()) {
      bank.requireFits(trunk);
      bank.requireFiles();
    }
  }

  StoredBank of(Category category) {
    return banks.get(category.name());
  }

  /** The category with the images of its bank for those to learn from. */
  Category withImages(Category category) {
    List<ImageRef> train =
        of(category).manifest().images().stream()
            .map(image -> new ImageRef(category.name(), Split.TRAIN, "good", image.path(), "", ""))
            .toList();
    return new Category(category.name(), train, category.test());
  }

  /** For the run's manifest: what identifies each bank. */
  Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    banks.forEach((category, bank) -> described.put(category, describe(bank)));
    return described;
  }

  private static Map<String, Object> describe(StoredBank bank) {
    BankManifest manifest = bank.manifest();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("uri", bank.location().uri());
    entry.put("version", manifest.version());
    entry.put("created", manifest.created());
    entry.put("manifest_sha256", bank.sha256());
    entry.put("pca_sha256", manifest.pca().sha256());
    entry.put("files_sha256", manifest.files().stream().map(BankManifest.RowFile::sha256).toList());
    entry.put("images", manifest.images().size());
    entry.put("rows", manifest.rows());
    entry.put("variance", manifest.pca().variance());
    return entry;
  }
}
