package io.nightjar.job.bank;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.bank.store.BankBackbone;
import io.nightjar.bank.store.BankFolder;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.run.RunManifest;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.text.Text;
import io.nightjar.tile.TileNumbers;
import io.nightjar.tile.TileRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/** The stored banks that the categories of a data set are compared with, or one for all. */
public final class CategoryBanks {
  // By category, or one by the name of the bank of all.
  private final Map<String, StoredBank> banks;
  private final Optional<StoredBank> shared;

  private CategoryBanks(Map<String, StoredBank> banks, Optional<StoredBank> shared) {
    this.banks = banks;
    this.shared = shared;
  }

  /**
   * Opens the bank of each category, or one of all categories where none has its own.
   *
   * @param location a folder of banks by category; or a bank: of one category or of all; with or
   *     without a version
   * @throws InvalidInputException if a category has no bank, or it cannot be used
   */
  public static CategoryBanks open(
      String location, List<Category> categories, Configuration configuration) {
    BankLocation root = BankLocation.parse(location);
    return StoredBank.find(root, configuration)
        .map(bank -> of(bank, categories))
        .orElseGet(() -> inFolder(root, categories, configuration));
  }

  /**
   * Takes one bank for the categories.
   *
   * @throws InvalidInputException if it is not of all of them
   */
  public static CategoryBanks of(StoredBank bank, List<Category> categories) {
    if (isOfAll(bank, categories)) {
      return ofAll(bank, categories);
    }
    requireOne(bank, categories);
    return new CategoryBanks(Map.of(categories.get(0).name(), bank), Optional.empty());
  }

  /**
   * Opens the bank of each category in a folder of banks, or the one of all where none has its own.
   *
   * @throws InvalidInputException if a category has no bank, or it cannot be used
   */
  public static CategoryBanks inFolder(
      BankLocation root, List<Category> categories, Configuration configuration) {
    Map<String, StoredBank> banks = new LinkedHashMap<>();
    for (Category category : categories) {
      StoredBank.find(root.category(category.name()), configuration)
          .ifPresent(bank -> banks.put(category.name(), bank));
    }
    Optional<StoredBank> all =
        banks.isEmpty()
            ? StoredBank.find(root.category(UnifiedImages.NAME), configuration)
            : Optional.empty();
    if (all.isPresent()) {
      return ofAll(all.get(), categories);
    }
    for (Category category : categories) {
      if (!banks.containsKey(category.name())) {
        throw missing(root, category.name(), configuration);
      }
    }
    return new CategoryBanks(banks, Optional.empty());
  }

  /** Plain images have the name of their folder, unless it is said what they are of. */
  private static InvalidInputException missing(
      BankLocation root, String category, Configuration configuration) {
    List<String> others = BankFolder.names(root, configuration);
    return others.isEmpty()
        ? StoredBank.missing(root.category(category))
        : new InvalidInputException(
            Text.format(
                    "There is no bank of %s in %s, which has banks of %s: name what the images are"
                        + " of with",
                    category, root.uri(), String.join(", ", others))
                + " --category, or build a bank of it with nightjar build-bank.");
  }

  /** A category of that name may have a bank of its own, but then there is none of all. */
  private static boolean isOfAll(StoredBank bank, List<Category> categories) {
    return bank.manifest().category().equals(UnifiedImages.NAME)
        && categories.stream().noneMatch(category -> category.name().equals(UnifiedImages.NAME));
  }

  private static CategoryBanks ofAll(StoredBank bank, List<Category> categories) {
    Set<String> known = categories(bank);
    for (Category category : categories) {
      if (!known.contains(category.name())) {
        throw new InvalidInputException(
            Text.format(
                    "The bank %s has images of categories %s, and none of %s; build a bank with it,"
                        + " or",
                    bank.location(), String.join(", ", known), category.name())
                + " leave it out with --category.");
      }
    }
    return new CategoryBanks(Map.of(UnifiedImages.NAME, bank), Optional.of(bank));
  }

  /** The categories whose images a bank of all has. */
  private static Set<String> categories(StoredBank bank) {
    Set<String> names = new TreeSet<>();
    bank.manifest().images().forEach(image -> names.add(QualifiedPath.category(image.path())));
    return names;
  }

  /** The values of the longest row. */
  public int mostValues() {
    return banks.values().stream()
        .mapToInt(bank -> bank.manifest().dimension())
        .max()
        .orElseThrow();
  }

  /** Whether each category has a bank of its own, or all have one. */
  public BankScope scope() {
    return shared.isPresent() ? BankScope.UNIFIED : BankScope.CATEGORY;
  }

  /** The one bank of all categories; empty where each has its own. */
  public Optional<SharedSource> shared() {
    return shared.map(bank -> new StoredSource(bank, categories(bank).size()));
  }

  private static void requireOne(StoredBank bank, List<Category> categories) {
    if (categories.size() != 1) {
      throw new InvalidInputException(
          Text.format(
                  "--bank %s is one bank, of category %s, but the images are of %d categories; add",
                  bank.location(), bank.manifest().category(), categories.size())
              + " --category, or name a folder of banks.");
    }
    if (!bank.manifest().category().equals(categories.get(0).name())) {
      throw new InvalidInputException(
          Text.format(
              "--bank %s is a bank of category %s, but the images are of category %s.",
              bank.location(), bank.manifest().category(), categories.get(0).name()));
    }
  }

  /**
   * Refuses banks of another kind of network, before its weights are read.
   *
   * @param asked the names that are asked for, between commas
   * @throws InvalidInputException naming the bank's own
   */
  public void requireBackbone(String asked) {
    for (StoredBank bank : banks.values()) {
      String own = bank.manifest().backbone().architecture();
      if (!own.equals(asked)) {
        throw new InvalidInputException(
            Text.format(
                "The bank %s was built with --backbone %s, and --backbone is %s; name the bank's, or"
                    + " build a bank with this one.",
                bank.location(), own, asked));
      }
    }
  }

  /**
   * Refuses banks that were built with another network.
   *
   * @param aspect whether the banks' images may have another shape than the network's input
   * @throws InvalidInputException if a bank was built with another network or lacks a file
   */
  public void requireUsable(BackboneModel backbone, Aspect aspect) {
    for (StoredBank bank : banks.values()) {
      bank.requireFits(backbone, aspect);
      bank.requireFiles();
    }
  }

  /**
   * Refuses banks whose images were read with another white level.
   *
   * @param asked the sample that is to be white in images of more than 8 bits; empty for the banks'
   * @throws InvalidInputException if a bank was built with another one
   */
  public void requireWhiteLevel(OptionalInt asked) {
    banks.values().forEach(bank -> bank.requireWhiteLevel(asked));
  }

  /**
   * Refuses banks whose images were cut into other tiles.
   *
   * @param asked what was asked for; nothing for the banks' own
   * @throws InvalidInputException if a bank was built with others
   */
  public void requireTiles(TileRule asked) {
    banks.values().forEach(bank -> bank.requireTiles(asked));
  }

  /**
   * Refuses banks whose images were cut into tiles.
   *
   * @param what takes whole images
   * @throws InvalidInputException naming it and a bank
   */
  public void requireWholeImages(String what) {
    banks.values().forEach(bank -> bank.requireWholeImages(what));
  }

  /** The bank that a category is compared with. */
  public StoredBank of(Category category) {
    return shared.orElseGet(() -> banks.get(category.name()));
  }

  /** The category with the images of its bank for those to learn from. */
  public Category withImages(Category category) {
    List<ImageRef> train =
        of(category).manifest().images().stream()
            .flatMap(image -> own(category, image.path()).stream())
            .map(path -> new ImageRef(category.name(), Split.TRAIN, "good", path, "", ""))
            .toList();
    return category.withTrain(train);
  }

  private Optional<String> own(Category category, String path) {
    return shared.isPresent() ? QualifiedPath.within(category.name(), path) : Optional.of(path);
  }

  /** Whether an image of the category's bank, by its path there, is one of the category's own. */
  public boolean isOf(Category category, String path) {
    return own(category, path).isPresent();
  }

  /** For the run's manifest: what identifies each bank. */
  public Map<String, Object> describe() {
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
    ComponentRule rule = manifest.pca().rule();
    entry.put("variance", rule.variance());
    rule.limit().ifPresent(most -> entry.put("max_components", most));
    if (!rule.weights().isNone()) {
      entry.put("stage_weights", rule.weights().id());
    }
    BankBackbone backbone = manifest.backbone();
    if (!backbone.isSquare()) {
      entry.putAll(RunManifest.shape(backbone.imageSizes(), backbone.grid()));
    }
    TileNumbers tiles = TileNumbers.of(backbone.tiles());
    if (tiles != null) {
      entry.put("tiles", tiles.asMap());
    }
    manifest
        .position()
        .ifPresent(
            place -> {
              Map<String, Object> position = new LinkedHashMap<>();
              position.put("factor", place.factor());
              position.put("step", place.step());
              entry.put("position", position);
            });
    StoredCoreset.of(manifest).ifPresent(coreset -> entry.put("coreset", coreset.describe()));
    return entry;
  }
}
