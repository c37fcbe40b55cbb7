package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listings ask of a remote file system, where every request costs time. */
class ListingCostTest {
  @TempDir private Path root;

  @BeforeEach
  void twoCategories() throws IOException {
    for (String category : List.of("nut", "bolt")) {
      touch(
          root,
          category + "/train/good/000.png",
          category + "/train/good/001.png",
          category + "/test/good/000.png",
          category + "/test/bent/000.png",
          category + "/ground_truth/bent/000_mask.png");
    }
  }

  @Test
  void eachFolderIsListedOnceAndNoFileIsLookedAt() {
    Configuration conf = CountedFileSystem.configuration();

    Catalogue catalogue = DataSets.list("counted:" + root, List.of(), Purpose.EVALUATE, conf);

    assertThat(catalogue.inputs().used()).isEqualTo(10);
    // The root, two categories, three parts and four folders of images in each of them.
    assertThat(CountedFileSystem.LISTINGS).hasValue(1 + 2 * (1 + 3 + 4));
    assertThat(CountedFileSystem.OTHERS).as("the root's status").hasValue(1);
  }

  @Test
  void partsThatAreNotNeededAreNotListed() {
    Configuration conf = CountedFileSystem.configuration();

    NormalImages.list("counted:" + root, List.of(), conf);

    assertThat(CountedFileSystem.LISTINGS).hasValue(1 + 2 * (1 + 1 + 1));
    assertThat(CountedFileSystem.OTHERS).as("the root's status, before and after").hasValue(3);
  }
}
