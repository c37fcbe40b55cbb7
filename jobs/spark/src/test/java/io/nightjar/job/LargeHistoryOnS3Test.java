package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.history.HistoryRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of runs on an object store. They are laid into the server's own folder, which takes
 * seconds in place of minutes.
 */
@Tag("faults")
class LargeHistoryOnS3Test extends HistoryOnS3 {
  @Override
  String provider() {
    return "filesystem-nio2";
  }

  @Test
  void tenThousandRunsCostOneListingAndThoseThatAreNew() throws IOException {
    lay(10_000);
    long start = System.nanoTime();
    assertThat(history().fresh()).hasSize(10_000);
    say("the first time", start);

    start = System.nanoTime();
    assertThat(history().fresh()).isEmpty();
    say("nothing new", start);
    assertThat(ofRuns()).isEmpty();
    int pages = listingsOfRuns().size();
    assertThat(pages).isBetween(1, 50);

    lay(1);
    start = System.nanoTime();
    assertThat(history().fresh()).hasSize(1);
    say("one more", start);
    assertThat(ofRuns()).hasSizeBetween(2, 4);
    assertThat(listingsOfRuns()).hasSizeBetween(pages, pages + 1);
  }

  private void lay(int count) throws IOException {
    String bucket = new org.apache.hadoop.fs.Path(s3.faultyUri("runs")).toUri().getHost();
    Path runs = work.resolve("s3/buckets").resolve(bucket).resolve("runs");
    for (int i = 0; i < count; i++, nights++) {
      Path run =
          HistoryRuns.at(FIRST.plusSeconds(86_400L * nights).toString())
              .category("bottle", 0.9)
              .write(runs.resolve("n" + nights));
      Files.createDirectories(run.resolve("maps"));
      Files.writeString(run.resolve("maps/part-0.parquet"), "a table");
    }
  }

  private void say(String what, long start) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d requests, %d of them of runs, %d pages, %.1f s%n",
        what,
        requests.size(),
        ofRuns().size(),
        listingsOfRuns().size(),
        (System.nanoTime() - start) / 1e9);
  }
}
