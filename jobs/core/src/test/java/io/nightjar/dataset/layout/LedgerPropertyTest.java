package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import io.nightjar.io.HadoopPaths;
import io.nightjar.testing.Accounting;
import io.nightjar.testing.RandomTree;
import io.nightjar.testing.S3Server;
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
import org.apache.hadoop.fs.FSDataOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * For random data sets and the listing of every command, every file on disk is accounted for
 * exactly once, and the images that the command gets are those that the ledger calls used.
 */
class LedgerPropertyTest {
  private static final int LOCAL_TREES = 100;
  private static final int REMOTE_TREES = 10;

  @TempDir private Path work;

  /** The listings of the commands. */
  private static final Map<String, Function<FolderListing, Catalogue>> COMMANDS =
      new LinkedHashMap<>();

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

  @Tag("slow")
  @Test
  void onS3EveryEntryIsAccountedFor() throws IOException {
    try (S3Server s3 = S3Server.start(work.resolve("s3"))) {
      Configuration conf = new Configuration();
      s3.hadoopProperties().forEach(conf::set);
      for (int seed = 0; seed < REMOTE_TREES; seed++) {
        RandomTree tree = new RandomTree(1000 + seed, false);
        Path twin = work.resolve("twin" + seed);
        tree.write(twin);
        upload(tree, s3.uri("tree" + seed), conf);
        for (String command : COMMANDS.keySet()) {
          List<String> there = check(command, s3.uri("tree" + seed), conf, twin, seed);
          List<String> here = check(command, twin.toString(), new Configuration(), twin, seed);
          assertThat(there).as("%s of tree %d as on the local disk", command, seed).isEqualTo(here);
        }
      }
    }
  }

  /** Checks a listing, and gives its images. */
  private static List<String> check(
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

  private static void upload(RandomTree tree, String root, Configuration conf) throws IOException {
    for (String name : tree.files()) {
      org.apache.hadoop.fs.Path file = HadoopPaths.child(new org.apache.hadoop.fs.Path(root), name);
      try (FSDataOutputStream out = file.getFileSystem(conf).create(file)) {
        out.write(1);
      }
    }
  }
}
