package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.text.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hundred runs in one process, each with a Spark session of its own, leave nothing behind. */
@Tag("faults")
class ManyRunsTest extends CommandLineFixture {
  private static final int RUNS = 200;

  /** Runs until classes are loaded, code is compiled and caches are full. */
  private static final int WARM = 40;

  /** What a process holds on to. */
  private record Held(int threads, int files, long heapBytes, long residentBytes) {
    static Held now() throws IOException, InterruptedException {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(100);
      }
      String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
      return new Held(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          Path.of("/proc/self/fd").toFile().list().length,
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          Long.parseLong(pages[1]) * 4096);
    }

    @Override
    public String toString() {
      return Text.format(
          "%d threads, %d files, %d MB of heap, %d MB resident",
          threads, files, heapBytes >> 20, residentBytes >> 20);
    }
  }

  @Test
  void scoreTwoHundredTimes() throws Exception {
    Path banks = work.resolve("banks");
    assertThat(buildBank("--bank", banks.toString()).exitCode()).isZero();
    String images = data.resolve("bottle/test/good").toString();
    List<String> course = new ArrayList<>();
    Held warm = null;
    Held last = null;
    for (int run = 1; run <= RUNS; run++) {
      Path out = work.resolve("scored");
      Ended ended = score(banks, images, out);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      FileUtils.deleteDirectory(out.toFile());
      if (run % 20 == 0) {
        last = Held.now();
        course.add(Text.format("%d runs: %s", run, last));
        System.out.println(course.get(course.size() - 1));
        warm = run == WARM ? last : warm;
      }
    }

    String all = String.join("\n", course);
    assertThat(last.threads()).as(all).isLessThanOrEqualTo(warm.threads() + 5);
    assertThat(last.files()).as(all).isLessThanOrEqualTo(warm.files() + 5);
    assertThat(last.heapBytes() - warm.heapBytes()).as(all).isLessThan(32 << 20);
    assertThat(last.residentBytes() - warm.residentBytes()).as(all).isLessThan(256 << 20);
  }
}
