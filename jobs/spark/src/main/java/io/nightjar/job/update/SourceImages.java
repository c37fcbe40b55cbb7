package io.nightjar.job.update;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a bank's images, where its sources still have them. */
public final class SourceImages {
  private static final Logger LOG = LoggerFactory.getLogger(SourceImages.class);

  private SourceImages() {}

  /**
   * Finds each image's file.
   *
   * @throws InvalidInputException if a source no longer has one of them with the same bytes
   */
  static List<ImageRef> find(
      BankManifest manifest,
      List<BankManifest.Image> images,
      CategoryPasses passes,
      Configuration configuration) {
    Map<String, List<BankManifest.Image>> byPath =
        images.stream().collect(Collectors.groupingBy(image -> NameInBank.path(image.path())));
    List<ImageRef> candidates = new ArrayList<>();
    for (BankManifest.Source source : manifest.sources()) {
      for (ImageRef image : list(source, List.of(manifest.category()), configuration)) {
        if (byPath.containsKey(image.relativePath())) {
          candidates.add(image);
        }
      }
    }
    Map<String, ImageRef> bySha256 = new HashMap<>();
    List<FileOutcome> hashes = passes.hashes(candidates);
    for (int i = 0; i < candidates.size(); i++) {
      bySha256.putIfAbsent(hashes.get(i).sha256(), candidates.get(i));
    }
    List<BankManifest.Image> missing =
        images.stream().filter(image -> !bySha256.containsKey(image.sha256())).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The components must be fitted again, which needs the bank's source images, but %d of %d"
                  + " are no longer in %s as they were; the first is %s. Bring them back, remove"
                  + " them with --remove, or keep the components with --refit never.",
              missing.size(),
              images.size(),
              String.join(", ", manifest.locations()),
              missing.get(0).path()));
    }
    return images.stream()
        .map(image -> Additions.named(bySha256.get(image.sha256()), image.path()))
        .toList();
  }

  /**
   * The normal images that a source has now.
   *
   * @param categories as {@link NormalImages#find} takes them
   * @return none where it cannot be listed any more
   */
  public static List<ImageRef> list(
      BankManifest.Source source, List<String> categories, Configuration configuration) {
    String layout = source.layout().isEmpty() ? LayoutChoice.AUTO : source.layout();
    try {
      return NormalImages.find(
              source.location(), categories, KnownLayouts.choose(layout), configuration)
          .categories()
          .stream()
          .map(Category::train)
          .flatMap(List::stream)
          .toList();
    } catch (InvalidInputException e) {
      // What it had is reported missing, image by image.
      LOG.warn("A source of the bank cannot be listed any more", e);
      return List.of();
    }
  }
}
