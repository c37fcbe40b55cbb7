package io.nightjar.dataset.layout.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.layout.DataLayout;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Accounting;
import io.nightjar.testing.Drawn;
import io.nightjar.testing.RandomTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file of random trees in each layout has exactly one account, for every purpose. */
@Tag("slow")
class KnownLayoutsLedgerTest {
  private static final int TREES = 6;
  private static final int FILES = 40;

  /** Folders of each layout, and some that it has no place for. */
  private static final Map<String, List<String>> FOLDERS = new LinkedHashMap<>();

  static {
    FOLDERS.put(
        "btad", List.of("01/train/ok", "01/test/ok", "01/test/ko", "01/ground_truth/ko", "02/x"));
    FOLDERS.put(
        "mvtec-loco",
        List.of(
            "a/train/good",
            "a/validation/good",
            "a/test/good",
            "a/test/logical_anomalies",
            "a/ground_truth/logical_anomalies/000",
            "a/ground_truth/logical_anomalies",
            "a/ground_truth/structural_anomalies/001"));
    FOLDERS.put(
        "mvtec-3d-ad",
        List.of(
            "a/train/good/rgb",
            "a/train/good/xyz",
            "a/test/cut/rgb",
            "a/test/cut/gt",
            "a/test/cut",
            "a/test/good/rgb",
            "a/test/good/gt"));
    FOLDERS.put(
        "mvtec-ad-2",
        List.of(
            "a/train/good",
            "a/test_public/bad",
            "a/test_public/good",
            "a/test_public/ground_truth/bad",
            "a/test_private",
            "a/other"));
    FOLDERS.put(
        "visa",
        List.of(
            "a/Data/Images/Normal", "a/Data/Images/Anomaly", "a/Data/Masks/Anomaly", "split_csv"));
    FOLDERS.put("ksdd", List.of("kos01", "kos02", "kos03/deep", "extra"));
    FOLDERS.put("ksdd2", List.of("train", "test", "test/deep", "other"));
    FOLDERS.put("magnetic-tile", List.of("MT_Free/Imgs", "MT_Crack/Imgs", "MT_Fray", "readme"));
    FOLDERS.put("folder", List.of("normal", "normal_test", "bent", "masks/bent", "masks"));
  }

  private static final List<String> NAMES =
      List.of(
          "000.png",
          "000.jpg",
          "000.bmp",
          "000_mask.png",
          "000_GT.png",
          "000_label.bmp",
          "001.png",
          "001.jpg",
          "001_GT.png",
          "001_label.bmp",
          "002.webp",
          "003",
          "notes.txt",
          ".hidden.png",
          "Thumbs.db");

  /** Each one reads Hadoop's defaults again. */
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path work;

  private final List<byte[]> contents = new ArrayList<>(List.of(new byte[] {1}));

  @BeforeEach
  void draw() throws IOException {
    Drawn.photo(work, "photo.png");
    Drawn.black(work, "black.png");
    Drawn.marked(work, "marked.png");
    for (String name : List.of("photo.png", "black.png", "marked.png")) {
      contents.add(Files.readAllBytes(work.resolve(name)));
    }
  }

  @Test
  void everyFileHasOneAccount() throws IOException {
    for (Map.Entry<String, List<String>> layout : FOLDERS.entrySet()) {
      int read = 0;
      for (int seed = 0; seed < TREES; seed++) {
        Path root = write(layout.getKey() + seed, layout.getValue(), new Random(seed));
        for (Purpose purpose : Purpose.values()) {
          read += check(layout.getKey(), root, purpose) ? 1 : 0;
        }
      }
      assertThat(read).as(layout.getKey()).isGreaterThan(TREES);
    }
  }

  private Path write(String name, List<String> folders, Random random) throws IOException {
    Path root = work.resolve(name);
    for (String folder : folders) {
      Files.createDirectories(root.resolve(folder));
    }
    for (int i = 0; i < FILES; i++) {
      Path folder = root.resolve(folders.get(random.nextInt(folders.size())));
      Path file = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
      if (Files.exists(file) || Files.isSymbolicLink(file)) {
        continue;
      }
      if (random.nextInt(10) == 0) {
        Files.createSymbolicLink(file, Path.of("/gone/" + i));
      } else {
        Files.write(file, contents.get(random.nextInt(contents.size())));
      }
    }
    return root;
  }

  /** Whether the tree can be read for the purpose; if so, its accounts must be complete. */
  private static boolean check(String id, Path root, Purpose purpose) throws IOException {
    DataLayout layout =
        KnownLayouts.choose(id).known().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow();
    String what = root.getFileName() + " for " + purpose;
    try (FolderListing listing =
        new FolderListing(DataFolder.open(root.toString(), CONFIGURATION))) {
      if (!layout.recognises(listing, purpose)) {
        return false;
      }
      Catalogue found;
      try {
        found = layout.read(listing, List.of(), purpose);
      } catch (InvalidInputException e) {
        assertThat(e).as(what).hasMessageContaining("has no training images");
        return false;
      }
      Accounting.assertComplete(listing.inventory(), found.inputs(), root, what);
      assertThat(gets(found, purpose)).as(what).isEqualTo(used(listing));
      Set<String> leftOut = new TreeSet<>();
      found
          .categories()
          .forEach(
              category ->
                  category
                      .leftOut()
                      .forEach(image -> assertThat(leftOut.add(image.relativePath())).isTrue()));
    }
    return true;
  }

  private static Set<String> gets(Catalogue found, Purpose purpose) {
    return found.categories().stream()
        .flatMap(
            category ->
                Stream.concat(
                    purpose.onlyCounts() ? Stream.of() : category.train().stream(),
                    category.test().stream()))
        .flatMap(image -> Stream.concat(Stream.of(image.uri()), image.maskUris().stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> used(FolderListing listing) {
    return listing.inventory().accounts().stream()
        .filter(account -> account.fate() == Fate.USED)
        .map(Account::path)
        .map(Object::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** That there are other layouts changes nothing for MVTec AD's, down to the ledger. */
  @Test
  void treesInMvtecAdsLayoutAreReadAsEver() throws IOException {
    LayoutChoice auto = KnownLayouts.choose(LayoutChoice.AUTO);
    for (int seed = 0; seed < 2 * TREES; seed++) {
      Path root = work.resolve("mvtec" + seed);
      new RandomTree(seed, true).write(root);
      for (Purpose purpose : Purpose.values()) {
        assertThat(DataSets.list(root.toString(), List.of(), purpose, auto, CONFIGURATION))
            .as("tree %d for %s", seed, purpose)
            .isEqualTo(DataSets.list(root.toString(), List.of(), purpose, CONFIGURATION));
      }
    }
  }
}
