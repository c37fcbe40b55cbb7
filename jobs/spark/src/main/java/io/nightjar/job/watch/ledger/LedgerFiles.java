package io.nightjar.job.watch.ledger;

import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.StorageRetry;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Numbered JSON documents of one kind in a folder; each appears whole. */
final class LedgerFiles {
  private static final Pattern NAME = Pattern.compile("(\\d{1,9})\\.json");
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private final FileSystem files;
  private final Configuration configuration;
  private final Path folder;

  LedgerFiles(FileSystem files, Path folder, Configuration configuration) {
    this.files = files;
    this.folder = folder;
    this.configuration = configuration;
  }

  /** The numbers that there are, ascending. */
  NavigableSet<Integer> numbers() {
    NavigableSet<Integer> numbers = new TreeSet<>();
    try {
      FileStatus[] found =
          StorageRetry.of(configuration)
              .call("listed", folder.toString(), () -> files.listStatus(folder));
      for (FileStatus file : found) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches()) {
          numbers.add(Integer.parseInt(name.group(1)));
        }
      }
    } catch (FileNotFoundException e) {
      return numbers;
    } catch (IOException e) {
      throw failed("listed", folder, e);
    }
    return numbers;
  }

  <T> Optional<T> read(int number, Class<T> type) {
    Path file = path(number);
    try {
      byte[] json =
          StorageRetry.of(configuration)
              .call("read", file.toString(), () -> BoundedFiles.read(files, file, MOST_BYTES));
      return Optional.of(
          JsonDocument.parse(new String(json, StandardCharsets.UTF_8))
              .requireVersion(BatchRecord.FORMAT)
              .as(type));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          Text.format(
              "The file %s of the watch cannot be used: %s. Restore it, or begin with a new folder.",
              file, e.getMessage()),
          e);
    }
  }

  void write(int number, Object document) {
    Path file = path(number);
    byte[] json = Json.compactBytes(document);
    try {
      AtomicFiles atomic = AtomicFiles.of(files, configuration);
      StorageRetry.of(configuration)
          .call(
              "written",
              file.toString(),
              () -> {
                atomic.replace(file, json);
                return null;
              });
    } catch (IOException e) {
      throw failed("written", file, e);
    }
  }

  void delete(int number) {
    try {
      files.delete(path(number), false);
    } catch (IOException e) {
      throw failed("deleted", path(number), e);
    }
  }

  private Path path(int number) {
    return HadoopPaths.child(folder, number + ".json");
  }

  private static UncheckedIOException failed(String verb, Path path, IOException e) {
    return new UncheckedIOException(Text.format("%s cannot be %s", path, verb), e);
  }
}
