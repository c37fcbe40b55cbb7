package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import io.nightjar.testing.Accounting;
import io.nightjar.testing.RandomTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For random data sets and the listing of every command, every file on disk is accounted for
 * exactly once, and the images that the command gets are those that the ledger calls used.
 */
@Tag("slow")
class LedgerPropertyTest {
  private static final int LOCAL_TREES = 100;

  @TempDir private Path work;

  /** The listings of the commands. */
  static final Map<String, Function<FolderListing, Catalogue>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("evaluate", list -> DataSets.list("", List.of(), Purpose.EVALUATE, list));
    COMMANDS.put("metrics", list -> DataSets.list("", List.of(), Purpose.MAPS, list));
    COMMANDS.put("one category", list -> DataSets.list("", List.of("cat0"), Purpose.TEST, list));
    COMMANDS.put("build-bank", list -> NormalImages.find("", List.of(), list));
    COMMANDS.put("score", list -> UnlabelledImages.find("", List.of(), list));
  }

  @Test
  void onTheLocalFileSystemEveryEntryIsAccountedFor() throws IOException {
    for (int seed = 0; seed < LOCAL_TREES; seed++) {
      Path root = work.resolve("tree" + seed);
      new RandomTree(seed, true).write(root);
      for (String command : COMMANDS.keySet()) {
        check(command, root.toString(), new Configuration(), root, seed);
      }
      Path images = root.resolve("cat0/train/good");
      List<String> learnt =
          check("build-bank", images.toString(), new Configuration(), images, seed);
      List<String> scored = check("score", images.toString(), new Configuration(), images, seed);
      assertThat(scored).as("one rule for both, tree %d", seed).isEqualTo(learnt);
    }
  }

  /** Checks a listing, and gives its images. */
  static List<String> check(
      String command, String location, Configuration conf, Path tree, int seed) throws IOException {
    String what = command + " of tree " + seed;
    try (FolderListing listing = new FolderListing(DataFolder.open(location, conf))) {
      Catalogue found = COMMANDS.get(command).apply(listing);
      Accounting.assertComplete(listing.inventory(), found.inputs(), tree, what);
      Set<String> used =
          listing.inventory().accounts().stream()
              .filter(account -> account.fate() == Fate.USED)
              .map(Account::path)
              .map(Object::toString)
              .collect(Collectors.toSet());
      List<ImageRef> images =
          found.categories().stream().flatMap(category -> images(category, command)).toList();
      Set<String> read = new HashSet<>();
      for (ImageRef image : images) {
        assertThat(read.add(image.uri())).as("%s: %s once", what, image.uri()).isTrue();
        if (image.isDefective() && image.hasMask()) {
          read.add(image.maskUri());
        }
      }
      assertThat(read).as(what).isEqualTo(used);
      return images.stream().map(ImageRef::relativePath).toList();
    }
  }

  /** Those that the command reads: for test images alone, training images are only counted. */
  private static Stream<ImageRef> images(Category category, String command) {
    boolean tests = command.equals("metrics") || command.equals("one category");
    return Stream.concat(
        tests ? Stream.empty() : category.train().stream(), category.test().stream());
  }
}
