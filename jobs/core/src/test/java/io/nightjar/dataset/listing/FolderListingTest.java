package io.nightjar.dataset.listing;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static io.nightjar.testing.Trees.touchBytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.image.FileBytes;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListingTest {
  @TempDir private Path root;

  @Test
  void aLinkThatLeadsNowhereIsAnEntryWithAReason() throws IOException {
    link(root, "000.png", "/mnt/nas/gone/000.png");
    link(root, "001.png", "001.png");

    List<Entry> entries = entries(root);

    assertThat(entries).extracting(Entry::kind).containsOnly(Entry.Kind.UNUSABLE);
    assertThat(entries.get(0).fault())
        .isEqualTo("It is a link to /mnt/nas/gone/000.png, which is absent.");
    assertThat(entries.get(1).fault())
        .startsWith("It is a link to 001.png, which cannot be followed:");
  }

  @Test
  void aPipeIsNoFile() throws Exception {
    Process pipe = new ProcessBuilder("mkfifo", root.resolve("a.png").toString()).start();
    assertThat(pipe.waitFor()).isZero();

    Entry entry = entries(root).get(0);

    assertThat(entry.kind()).isEqualTo(Entry.Kind.UNUSABLE);
    assertThat(entry.fault()).isEqualTo("It is neither a file nor a folder.");
  }

  @Test
  void namesMayHoldAnythingThatALocalNameMay() throws Exception {
    List<String> names =
        Stream.of(
                "2024-05-01T10:30:00.png",
                "kind:2",
                "50% grey.png",
                "a b.png",
                "a#b?.png",
                "a\\b.png",
                "[1]{2}*.png",
                "Prüfling 1.png",
                "部品.png")
            .filter(FolderListingTest::isExpressible)
            .toList();
    for (String name : names) {
      touch(root, name);
    }

    List<Entry> entries = entries(root);

    assertThat(entries).extracting(Entry::name).containsExactlyInAnyOrderElementsOf(names);
    for (Entry entry : entries) {
      assertThat(FileBytes.read(entry.path().toString(), new Configuration())).hasSize(1);
    }
  }

  @Test
  void aStaleChecksumFileDoesNoHarm() throws Exception {
    touch(root, "a.png");
    Files.write(root.resolve(".a.png.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});

    Entry entry = entries(root).get(0);

    assertThat(FileBytes.read(entry.path().toString(), new Configuration())).containsExactly(1);
  }

  @Test
  void aFolderWhosePathHoldsAColonIsOpened() throws IOException {
    touch(root, "10:30/kind:2/a.png");
    for (String location : List.of(root + "/10:30", root.resolve("10:30").toUri().toString())) {
      try (FolderListing listing = open(location)) {
        assertThat(listing.list(listing.root())).extracting(Entry::name).containsExactly("kind:2");
      }
    }
  }

  @Test
  void namesThatTheEncodingCannotExpressAreRefused() throws Exception {
    touch(root, "good/a.png");
    touchBytes(root.resolve("good"), "Pr\\303\\274fling 1.png");

    String said = listInLocale("C", root.resolve("good"));

    assertThat(said)
        .contains(
            "The names in file:" + root.toRealPath() + "/good cannot be read with the encoding")
        .contains("ANSI_X3.4-1968")
        .contains("set LC_ALL=C.UTF-8");
  }

  @Test
  void textsWithSuchNamesArePassedOver() throws Exception {
    touch(root, "good/a.png");
    touchBytes(root.resolve("good"), "Pr\\303\\274fbericht.txt");

    assertThat(listInLocale("C", root.resolve("good"))).contains("listed 2");
  }

  @Test
  void namesOfAnotherEncodingThanUtf8AreRefused() throws Exception {
    touchBytes(root, "gr\\366n.png");

    assertThat(listInLocale("C.UTF-8", root))
        .contains("cannot be read with the encoding UTF-8")
        .contains("rename them");
  }

  private static String listInLocale(String locale, Path folder) throws Exception {
    List<String> command = JavaCommand.of(ClassPaths.whole());
    command.addAll(List.of(ListInLocale.class.getName(), folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** Lists a folder in a process of its own, whose locale decides how names are decoded. */
  static final class ListInLocale {
    private ListInLocale() {}

    public static void main(String[] arguments) {
      try (FolderListing listing = open(arguments[0])) {
        System.out.println("listed " + listing.list(listing.root()).size());
      } catch (InvalidInputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static boolean isExpressible(String name) {
    return Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode(name);
  }

  private static List<Entry> entries(Path folder) {
    try (FolderListing listing = open(folder.toString())) {
      return listing.list(listing.root());
    }
  }

  private static FolderListing open(String location) {
    return new FolderListing(DataFolder.open(location, new Configuration()));
  }
}
