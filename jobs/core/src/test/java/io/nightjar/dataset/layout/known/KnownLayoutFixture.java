package io.nightjar.dataset.layout.known;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.DataLayout;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.UnlabelledImages;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Inventory.Account;
import io.nightjar.dataset.listing.Inventory.Fate;
import io.nightjar.testing.Accounting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;

/** A tiny data set as it is downloaded, and what is found in it. */
abstract class KnownLayoutFixture {
  @TempDir Path root;

  String name() {
    return root.getFileName().toString();
  }

  Catalogue read(String layout, Purpose purpose) {
    return DataSets.list(
        root.toString(), List.of(), purpose, KnownLayouts.choose(layout), new Configuration());
  }

  List<String> scored() {
    return UnlabelledImages.find(
            root.toString(), List.of(), KnownLayouts.choose("auto"), new Configuration())
        .categories()
        .stream()
        .flatMap(category -> category.test().stream())
        .map(ImageRef::relativePath)
        .toList();
  }

  /**
   * Reads the data set for every purpose: each file is accounted for, what is used is what the
   * command gets, and both a recognised and a named layout give the same. The catalogue is that of
   * an evaluation.
   */
  Catalogue everyPurpose(String id) throws IOException {
    for (Purpose purpose : Purpose.values()) {
      try (FolderListing listing =
          new FolderListing(DataFolder.open(root.toString(), new Configuration()))) {
        DataLayout layout = recognised(listing, purpose);
        assertThat(layout.id()).isEqualTo(id);
        Catalogue found = layout.read(listing, List.of(), purpose);
        assertThat(read(id, purpose)).isEqualTo(found);
        Accounting.assertComplete(
            listing.inventory(), found.inputs(), root, id + " for " + purpose);
        assertThat(gets(found, purpose)).as("%s", purpose).isEqualTo(used(listing));
      }
    }
    Catalogue learnt =
        NormalImages.find(
            root.toString(), List.of(), KnownLayouts.choose("auto"), new Configuration());
    Catalogue evaluated = read("auto", Purpose.EVALUATE);
    assertThat(learnt.categories().stream().map(Category::train).toList())
        .isEqualTo(evaluated.categories().stream().map(Category::train).toList());
    return evaluated;
  }

  private static DataLayout recognised(FolderListing listing, Purpose purpose) {
    LayoutChoice auto = KnownLayouts.choose("auto");
    return auto.known().stream()
        .filter(layout -> layout.isRecognisedFor(purpose))
        .filter(layout -> layout.recognises(listing, purpose))
        .findFirst()
        .orElseThrow();
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

  /** Images and masks that the inventory calls used, without the data set's own lists. */
  private static Set<String> used(FolderListing listing) {
    return listing.inventory().accounts().stream()
        .filter(account -> account.fate() == Fate.USED)
        .map(Account::path)
        .map(Object::toString)
        .filter(path -> !path.endsWith(".csv") && !path.endsWith(".json"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Map<Kind, Long> passed(Catalogue found) {
    return found.inputs().passedOver().stream()
        .collect(Collectors.toMap(PassedOver::kind, PassedOver::count));
  }

  /** A line for each image: category, part, label, name, group, item and masks below the root. */
  List<String> lines(Catalogue found) {
    String base = "file:" + root + "/";
    return found.categories().stream()
        .flatMap(category -> Stream.concat(category.train().stream(), category.test().stream()))
        .map(
            image ->
                image.category()
                    + " "
                    + image.split().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + image.defect()
                    + " "
                    + image.relativePath()
                    + (image.group().isEmpty() ? "" : " [" + image.group() + "]")
                    + (image.item().isEmpty() ? "" : " of " + image.item())
                    + IntStream.range(0, image.maskUris().size())
                        .mapToObj(
                            i ->
                                (i == 0 ? " = " : " + ")
                                    + image.maskUris().get(i).replace(base, ""))
                        .collect(Collectors.joining()))
        .toList();
  }
}
