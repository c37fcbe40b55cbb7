package io.nightjar.dataset.listing;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkTest {
  @TempDir private Path root;

  private Ledger ledger;

  @Test
  void linksThatLeadInACircleEnd() throws IOException {
    touch(root, "photos/a.png", "photos/day/b.png", "other/c.png");
    link(root, "photos/latest", ".");
    link(root, "photos/day/up", "..");
    link(root, "photos/day/all", "../..");

    assertThat(below("photos")).containsExactly("a.png", "day/b.png");
    assertThat(ledger.passedOver())
        .containsExactly(
            new PassedOver(Kind.REACHED_TWICE, 3, List.of("day/all", "day/up", "latest")));
  }

  @Test
  void aFolderThatIsReachedTwiceCountsByItsOwnPath() throws IOException {
    touch(root, "line/day1/a.png", "line/day2/b.png");
    link(root, "line/a-newest", "day2");

    assertThat(below("line")).containsExactly("day1/a.png", "day2/b.png");
    assertThat(ledger.passedOver())
        .containsExactly(new PassedOver(Kind.REACHED_TWICE, 1, List.of("a-newest")));
  }

  @Test
  void aLinkToAFolderElsewhereIsFollowedOnce() throws IOException {
    touch(root, "store/x.png", "line/a.png");
    link(root, "line/first", "../store");
    link(root, "line/second", root.resolve("store").toString());

    assertThat(below("line")).containsExactly("a.png", "first/x.png");
    assertThat(ledger.passedOver())
        .containsExactly(new PassedOver(Kind.REACHED_TWICE, 1, List.of("second")));
  }

  @Test
  void aFileThatIsReachedTwiceCountsByItsOwnPath() throws IOException {
    touch(root, "line/003.png", "store/z.png");
    link(root, "line/000-latest.png", "003.png");
    link(root, "line/1.png", "../store/z.png");
    link(root, "line/2.png", "../store/z.png");

    assertThat(below("line")).containsExactly("003.png", "1.png");
    assertThat(ledger.passedOver())
        .containsExactly(new PassedOver(Kind.REACHED_TWICE, 2, List.of("000-latest.png", "2.png")));
  }

  @Test
  void foldersOfDifferentGroupsMayBeTheSame() throws IOException {
    touch(root, "a/x.png");
    link(root, "b", "a");
    try (FolderListing listing = listing("")) {
      org.apache.hadoop.fs.Path a = child(listing, "a");
      org.apache.hadoop.fs.Path b = child(listing, "b");

      assertThat(Walk.below(List.of(List.of(a), List.of(b)), listing).get(b)).hasSize(1);
      assertThat(Walk.below(List.of(List.of(b, a)), listing).get(b)).isEmpty();
      assertThat(Walk.below(List.of(List.of(b, a)), listing).get(a)).hasSize(1);
    }
  }

  @Test
  void desktopAndHiddenFoldersAreNotLookedInto() throws IOException {
    touch(
        root,
        "nas/a.png",
        "nas/@eaDir/a.png/SYNOPHOTO_THUMB_M.jpg",
        "nas/#recycle/b.png",
        "nas/.git/c.png",
        "nas/sub/$RECYCLE.BIN/d.png");

    assertThat(below("nas")).containsExactly("a.png");
    assertThat(ledger.found()).isEqualTo(5);
    assertThat(ledger.passedOver())
        .containsExactly(
            new PassedOver(Kind.HIDDEN, 1, List.of(".git")),
            new PassedOver(Kind.DESKTOP, 3, List.of("#recycle", "@eaDir", "sub/$RECYCLE.BIN")));
  }

  private List<String> below(String folder) {
    try (FolderListing listing = listing(folder)) {
      List<Entry> entries = Walk.below(listing.root(), listing);
      entries.forEach(entry -> listing.inventory().use(entry.path()));
      ledger = listing.inventory().ledger(listing.root(), List.of());
      return entries.stream().map(entry -> listing.inventory().relative(entry.path())).toList();
    }
  }

  private FolderListing listing(String folder) {
    return new FolderListing(DataFolder.open(root.resolve(folder).toString(), new Configuration()));
  }

  private static org.apache.hadoop.fs.Path child(FolderListing listing, String name) {
    return listing.list(listing.root()).stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .path();
  }
}
