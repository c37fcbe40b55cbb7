package io.nightjar.job.bank;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.fit.FittedPasses;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The normal images of several categories as those of one, category by category in catalogue order;
 * their paths name the category. A category too many of whose files are unreadable fails alone:
 * none of its images enters the bank.
 */
public final class UnifiedImages implements BankImages {
  /** What the bank of all categories is called. */
  public static final String NAME = "unified";

  private final List<Category> categories;
  private final Map<String, Quarantine> files = new LinkedHashMap<>();
  private final Map<String, FailedCategory> failed = new LinkedHashMap<>();

  /**
   * @param categories in catalogue order
   * @param maxQuarantined fraction of a category's images, train and test, that may be unreadable
   * @throws InvalidInputException if a category has the name of the bank of all
   */
  public UnifiedImages(List<Category> categories, double maxQuarantined) {
    this.categories = List.copyOf(categories);
    for (Category category : categories) {
      if (category.name().equals(NAME)) {
        throw new InvalidInputException(
            Text.format(
                    "A category is called %s, as is the bank of all categories that --scope unified"
                        + " builds;",
                    NAME)
                + " rename the category's folder, or choose --scope category.");
      }
      int images = category.train().size() + category.test().size();
      files.put(
          category.name(),
          Quarantine.of(category.name(), images, category.leftOut(), maxQuarantined));
    }
  }

  /** The images as one category, for what depends on their number alone. */
  public static Category asOne(List<Category> categories) {
    return new Category(
        NAME,
        categories.stream().flatMap(category -> qualified(category, category.train())).toList(),
        List.of());
  }

  /** Those of the categories that have not failed. */
  List<ImageRef> train() {
    return remaining().flatMap(category -> qualified(category, category.train())).toList();
  }

  /** The categories that have not failed, in catalogue order. */
  List<String> names() {
    return remaining().map(Category::name).toList();
  }

  /** The categories that have failed, in catalogue order. */
  public List<FailedCategory> failures() {
    return categories.stream()
        .flatMap(category -> Optional.ofNullable(failed.get(category.name())).stream())
        .toList();
  }

  /** The files of a category that were left out so far, by their own paths. */
  public List<QuarantinedFile> leftOut(Category category) {
    return filesOf(category).files();
  }

  /** The files of a category that are left out, by their own paths. */
  Quarantine filesOf(Category category) {
    return files.get(category.name());
  }

  @Override
  public String name() {
    return NAME;
  }

  /** It has no limit: each category has its own. */
  @Override
  public Quarantine quarantine() {
    return new Quarantine(NAME, train().size(), 1);
  }

  @Override
  public void inspect(CategoryPasses passes) {
    passes.inspect(train());
    leaveOut(passes);
  }

  /** Fits again without the images of a category that turns out too damaged on the way. */
  @Override
  public FittedPasses fit(CategoryPasses passes, FitPlan plan) {
    while (true) {
      FittedPasses fitted = FittedPasses.of(train(), passes, plan);
      if (!leaveOut(passes)) {
        return fitted;
      }
      fitted.close();
    }
  }

  @Override
  public int readable(CategoryPasses passes) {
    return passes.readable(train()).size();
  }

  @Override
  public List<BankManifest.Source> sources(BankManifest.Source data) {
    // A folder of images makes one category; the categories of a manifest are no folders.
    if (categories.size() == 1 || data.layout().equals(LayoutChoice.MANIFEST)) {
      return List.of(data);
    }
    String folder = data.location().replaceFirst("/+$", "");
    return names().stream()
        .map(name -> new BankManifest.Source(folder + "/" + name, data.layout()))
        .toList();
  }

  @Override
  public Optional<Ledger> inputs(CategoryPasses passes) {
    return Optional.of(
        Ledger.sum(
            remaining().map(category -> category.inputs(filesOf(category).paths())).toList()));
  }

  /** Hands to each category what was found of its files; returns whether one fails by that. */
  private boolean leaveOut(CategoryPasses passes) {
    boolean fewer = false;
    for (Category category : remaining().toList()) {
      Quarantine own = filesOf(category);
      own.enter(found(category.name(), passes.quarantine()));
      Optional<String> reason = reasonToFail(category, own);
      reason.ifPresent(
          sentence ->
              failed.put(
                  category.name(), new FailedCategory(category.name(), sentence, own.files())));
      fewer |= reason.isPresent();
    }
    return fewer;
  }

  private static Optional<String> reasonToFail(Category category, Quarantine own) {
    try {
      own.check();
    } catch (CategoryFailedException e) {
      return Optional.of(e.getMessage());
    }
    Set<String> bad = own.paths();
    return category.train().stream().allMatch(image -> bad.contains(image.relativePath()))
        ? Optional.of(own.noneToLearnFrom(category.train()).getMessage())
        : Optional.empty();
  }

  private static List<FileOutcome> found(String category, Quarantine all) {
    Map<String, String> reasons =
        all.files().stream()
            .collect(Collectors.toMap(QuarantinedFile::path, QuarantinedFile::reason));
    Map<String, String> hashes = all.hashes();
    List<FileOutcome> outcomes = new ArrayList<>();
    outcomes.addAll(own(category, hashes, (path, hash) -> new FileOutcome(path, hash, "")));
    outcomes.addAll(
        own(
            category,
            reasons,
            (path, reason) ->
                new FileOutcome(
                    path, hashes.getOrDefault(QualifiedPath.of(category, path), ""), reason)));
    return outcomes;
  }

  private static List<FileOutcome> own(
      String category, Map<String, String> found, BiFunction<String, String, FileOutcome> outcome) {
    return found.entrySet().stream()
        .flatMap(
            entry ->
                QualifiedPath.within(category, entry.getKey())
                    .map(path -> outcome.apply(path, entry.getValue()))
                    .stream())
        .toList();
  }

  private Stream<Category> remaining() {
    return categories.stream().filter(category -> !failed.containsKey(category.name()));
  }

  private static Stream<ImageRef> qualified(Category category, List<ImageRef> images) {
    return images.stream()
        .map(image -> image.named(QualifiedPath.of(category.name(), image.relativePath())));
  }
}
