package io.nightjar.backbone.weights;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Decoding;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.ProcessFolder;
import io.nightjar.io.Sha256;
import io.nightjar.io.StorageRetry;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.StandIn;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Weights from files: {@code .safetensors}, and torch state dicts in both of torch's formats. */
public final class WeightFiles {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private WeightFiles() {}

  /**
   * Loads the tensors of a weight file; its format is recognised by its content.
   *
   * @param location a local path, a Hadoop URI, an http(s) URL, or a name such as {@code
   *     torchvision:resnet50}
   * @param sha256 the hash that the file must have, 64 hex digits; required for an http(s) URL, and
   *     empty where none is checked
   * @param conf for Hadoop's file systems and their credentials
   * @return the tensors, with the location in full and the hash of the file
   * @throws InvalidInputException where the file cannot be read, is not of a known format, is
   *     damaged, contains anything but tensors, or has another hash
   */
  public static Weights load(String location, Optional<String> sha256, Configuration conf) {
    return load(location, sha256, conf, WeightDownloads.inUserCache());
  }

  /**
   * Under what terms a weight file may be used, as far as it is known: those of the published files
   * that have a name are.
   *
   * @param sha256 of the file, 64 hex digits, lower case
   * @return a sentence without a full stop
   */
  public static Optional<String> licence(String sha256) {
    return NamedWeights.isPublished(sha256)
        ? Optional.of(
            "published by torchvision, whose code is under the BSD 3-Clause License; trained on"
                + " ImageNet, whose images are for non-commercial research and education")
        : Optional.empty();
  }

  static Weights load(
      String location, Optional<String> sha256, Configuration conf, WeightDownloads downloads) {
    Optional<String> expected = sha256.map(WeightFiles::normalised);
    Optional<NamedWeights> named = NamedWeights.find(location);
    if (named.isPresent()) {
      return read(
          location, downloads.fetch(named.get().address(), named.get().sha256Prefix()), expected);
    }
    if (isWebAddress(location)) {
      if (expected.isEmpty()) {
        throw new InvalidInputException(
            Text.format(
                "The weights %s come from the web: give their SHA-256 too (--weights-sha256).",
                location));
      }
      return read(location, downloads.fetch(webAddress(location), expected.get()), expected);
    }
    if (SeededWeights.parseSeed(location).isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "The weights %s are random ones, for rehearsals with evaluate; name pretrained weights here: their file, or a name such as torchvision:resnet50.",
              location));
    }
    return fromFileSystem(location, expected, conf);
  }

  private static Weights fromFileSystem(
      String location, Optional<String> expected, Configuration conf) {
    try {
      Path local = Path.of(location);
      if (Files.exists(local)) {
        String full = local.isAbsolute() ? location : local.toAbsolutePath().normalize().toString();
        return read(full, local, expected);
      }
    } catch (InvalidPathException e) {
      // Not a local path; Hadoop resolves its scheme.
    }
    try {
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(location);
      FileSystem fileSystem = PlainFiles.of(remote, conf);
      if (!StorageRetry.of(conf)
          .call("read", location, () -> fileSystem.getFileStatus(remote).isFile())) {
        throw new InvalidInputException(
            Text.format("The weights %s are a folder: give the path of the file.", location));
      }
      if (fileSystem.getFileStatus(remote).getLen() > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            Text.format(
                "The weights %s have more than 2 GB, and no ResNet's weights do: check the path.",
                location));
      }
      Path copy = Files.createTempFile(ProcessFolder.get(), "weights-", ".tmp");
      try {
        StorageRetry.of(conf).call("read", location, () -> copy(fileSystem, remote, copy));
        return read(HadoopPaths.absolute(location, conf), copy, expected);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          Text.format("There is no weight file %s: check the path.", location), e);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The weights %s cannot be read: %s", location, e);
    }
  }

  private static long copy(FileSystem from, org.apache.hadoop.fs.Path remote, Path to)
      throws IOException {
    try (InputStream in = from.open(remote)) {
      return Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Weights read(String location, Path file, Optional<String> expected) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          Text.format("The weights %s are a folder: give the path of the file.", location));
    }
    try {
      String found = Sha256.of(file);
      if (expected.isPresent() && !expected.get().equals(found)) {
        throw new InvalidInputException(
            Text.format(
                "The weights %s have the SHA-256 %s, but %s was expected: this is another file, or a damaged one.",
                location, found, expected.get()));
      }
      WeightTensors tensors =
          Decoding.<WeightTensors, WeightFormatException, IOException>guarded(
              () -> tensors(file), WeightFormatException::new);
      return new Weights(location, found, tensors.part(), tensors.tensors());
    } catch (WeightFormatException e) {
      throw new InvalidInputException(
          Text.format("The weights %s cannot be used: %s.", location, e.getMessage()), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format("The weights %s cannot be read: %s", location, e.getMessage()), e);
    }
  }

  private static WeightTensors tensors(Path file) throws IOException, WeightFormatException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() == 0) {
        throw new WeightFormatException("the file is empty");
      }
      if (channel.size() > Integer.MAX_VALUE) {
        throw new WeightFormatException(
            Text.format(
                "the file is %d bytes long, and no ResNet's weights are larger than 2 GB",
                channel.size()));
      }
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      if (TorchFile.isZip(bytes)) {
        return TorchFile.readZip(file);
      }
      if (TorchFile.isLegacy(bytes)) {
        return TorchFile.readLegacy(bytes);
      }
      if (SafetensorsFile.matches(bytes)) {
        return new WeightTensors("", SafetensorsFile.read(bytes));
      }
      byte[] start = new byte[(int) Math.min(channel.size(), StandIn.BYTES)];
      bytes.get(0, start);
      throw new WeightFormatException(
          StandIn.of(start)
              .map(what -> "it is " + what)
              .orElse("it is neither a .safetensors file nor a torch state dict (.pth)"));
    }
  }

  private static String normalised(String sha256) {
    String hash = sha256.strip().toLowerCase(Locale.ROOT);
    if (!HASH.matcher(hash).matches()) {
      throw new InvalidInputException(
          Text.format("'%s' is not a SHA-256: it has 64 hexadecimal digits.", sha256));
    }
    return hash;
  }

  private static boolean isWebAddress(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  private static URI webAddress(String location) {
    try {
      return new URI(location);
    } catch (URISyntaxException e) {
      throw new InvalidInputException(
          Text.format("The weights' address %s is not a valid URL: %s", location, e.getReason()),
          e);
    }
  }
}
