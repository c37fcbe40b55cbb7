package io.nightjar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.benchmarks.support.WorkFolder;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.io.PlainFiles;
import io.nightjar.testing.S3Server;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The listing of a data set in MVTec AD's layout, with masks matched and every entry accounted for,
 * next to bare listings of the same files by Hadoop, in turns: {@code listStatus} folder by folder
 * on one thread, and on S3 {@code listFiles} of all at once. On the local disk Hadoop's {@code
 * listFiles} may start a program for each file, to learn its owner, and is not measured.
 */
@Command(
    name = "listing",
    description = "Listing a data set against bare listings by Hadoop, on the local disk or S3.")
final class ListingBenchmark implements Callable<Integer> {
  private static final int CATEGORIES = 10;

  @Option(names = "--files", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
  private int files;

  @Option(names = "--rounds", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--s3",
      description = "On S3Proxy, a server on loopback before a local folder, in place of the disk.")
  private boolean s3;

  /** Where the files are, and how Hadoop reaches them. */
  private record Place(String name, String uri, Configuration configuration) {}

  /** Seconds on the clock, and of this process's threads together. */
  private record Cost(double seconds, double processor) {}

  private interface Listing {
    /** The number of files found. */
    long count() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    try (WorkFolder work = new WorkFolder()) {
      if (!s3) {
        write(work.path());
        compare(new Place("local disk", work.path().toString(), new Configuration()));
        return 0;
      }
      try (S3Server server = S3Server.start(work.path(), "filesystem-nio2")) {
        Configuration configuration = new Configuration();
        server.hadoopProperties().forEach(configuration::set);
        String uri = server.uri("data");
        // The server's objects are files; a hundred thousand requests would only take longer.
        String bucket = new org.apache.hadoop.fs.Path(uri).toUri().getHost();
        write(work.path().resolve("buckets").resolve(bucket).resolve("data"));
        compare(new Place("S3Proxy", uri, configuration));
      }
    }
    return 0;
  }

  private void write(Path root) throws IOException {
    int each = files / CATEGORIES / 10;
    for (int i = 0; i < CATEGORIES; i++) {
      Path category = root.resolve(Text.format("category%d", i));
      write(category.resolve("train/good"), 7 * each, "");
      write(category.resolve("test/good"), each, "");
      write(category.resolve("test/bent"), each, "");
      write(category.resolve("ground_truth/bent"), each, "_mask");
    }
  }

  private static void write(Path folder, int count, String suffix) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.createFile(folder.resolve(Text.format("%05d%s.png", i, suffix)));
    }
  }

  private void compare(Place place) throws IOException {
    Cost[] dataSet = new Cost[rounds];
    Cost[] byFolder = new Cost[rounds];
    Cost[] atOnce = new Cost[s3 ? rounds : 0];
    for (int round = 0; round < rounds; round++) {
      dataSet[round] = cost(() -> dataSet(place));
      byFolder[round] = cost(() -> byFolder(place));
      if (s3) {
        atOnce[round] = cost(() -> atOnce(place));
      }
    }
    System.out.printf(Locale.ROOT, "%s, %,d files, medians of %d%n", place.name(), found(), rounds);
    print("at first", dataSet[0], dataSet[0]);
    print("data set", median(dataSet), median(dataSet));
    print("listStatus", median(byFolder), median(dataSet));
    if (s3) {
      print("listFiles", median(atOnce), median(dataSet));
    }
  }

  /** A listing's cost, and how many times that of the data set is as high. */
  private static void print(String name, Cost cost, Cost dataSet) {
    System.out.printf(
        Locale.ROOT,
        "  %-10s %7.3f s, ratio %.2f; processor time %7.3f s, ratio %.2f%n",
        name,
        cost.seconds(),
        dataSet.seconds() / cost.seconds(),
        cost.processor(),
        dataSet.processor() / cost.processor());
  }

  private static Cost median(Cost... costs) {
    return new Cost(
        ProcessorTime.median(Arrays.stream(costs).mapToDouble(Cost::seconds).toArray()),
        ProcessorTime.median(Arrays.stream(costs).mapToDouble(Cost::processor).toArray()));
  }

  private long found() {
    return files / CATEGORIES / 10 * 10L * CATEGORIES;
  }

  private Cost cost(Listing listing) throws IOException {
    double processor = ProcessorTime.processSeconds();
    long begun = System.nanoTime();
    long count = listing.count();
    Cost cost =
        new Cost((System.nanoTime() - begun) / 1e9, ProcessorTime.processSeconds() - processor);
    assertThat(count).isEqualTo(found());
    return cost;
  }

  private static long dataSet(Place place) {
    Catalogue found =
        DataSets.list(place.uri(), List.of(), Purpose.EVALUATE, place.configuration());
    assertThat(found.inputs().used()).isEqualTo(found.inputs().found());
    return found.inputs().found();
  }

  private static long byFolder(Place place) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(place.uri());
    FileSystem fileSystem = PlainFiles.of(root, place.configuration());
    Deque<org.apache.hadoop.fs.Path> pending = new ArrayDeque<>(List.of(root));
    long count = 0;
    while (!pending.isEmpty()) {
      for (FileStatus entry : fileSystem.listStatus(pending.pop())) {
        if (entry.isDirectory()) {
          pending.push(entry.getPath());
        } else {
          count++;
        }
      }
    }
    return count;
  }

  private static long atOnce(Place place) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(place.uri());
    RemoteIterator<LocatedFileStatus> entries =
        PlainFiles.of(root, place.configuration()).listFiles(root, true);
    long count = 0;
    while (entries.hasNext()) {
      entries.next();
      count++;
    }
    return count;
  }
}
