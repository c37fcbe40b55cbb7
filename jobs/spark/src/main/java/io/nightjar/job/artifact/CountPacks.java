package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.Decoding;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.measure.CountedImage;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.CategoryCounts;
import io.nightjar.metric.CategoryCountsCodec;
import io.nightjar.score.ImageScoreKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Counts of test images, a file for each batch that was counted together. Counts add up to the same
 * bits in any order, so that those of a category are put together from all batches whose images are
 * still what they were.
 */
final class CountPacks {
  /** Counts of a batch take some MB; more than this are none that were written here. */
  private static final int MAX_BYTES = 64 << 20;

  private static final int FORMAT_VERSION = 4;

  private record Document(int formatVersion, List<Counted> counted) {}

  /**
   * A counted image.
   *
   * @param sha256 of its file
   * @param masks SHA-256 of its masks' files, one after the other; empty where there are none
   * @param labels what else its counts depend on
   */
  private record Counted(
      StoredImages.Image image, String sha256, String masks, List<String> labels) {}

  /** A file that was read, its counts still as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  private record Pack(String name, List<Counted> counted, byte[] counts, float[] values) {}

  private CountPacks() {}

  /** What is stored of images that were counted together. */
  static ArtifactFile of(List<CountedImage> images, CategoryCounts counts) {
    List<ScoredImage> scored = images.stream().map(CountedImage::image).toList();
    List<StoredImages.Image> described = StoredImages.describe(scored);
    List<Counted> counted =
        IntStream.range(0, images.size())
            .mapToObj(
                i ->
                    new Counted(
                        described.get(i),
                        images.get(i).sha256(),
                        images.get(i).masks(),
                        labels(scored.get(i).ref())))
            .toList();
    return new ArtifactFile(
        Json.compact(new Document(FORMAT_VERSION, counted)),
        StoredImages.values(scored),
        new double[0],
        deflated(CategoryCountsCodec.encode(counts)));
  }

  private static List<String> labels(ImageRef ref) {
    return List.of(
        ref.defect(),
        ref.group(),
        ref.item(),
        ref.maskRemark(),
        Boolean.toString(ref.hasPixelTruth()));
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    } finally {
      fast.end();
    }
    return packed.toByteArray();
  }

  /**
   * The stored counts of some images: at best those of all images of an earlier run, in one file;
   * and of those that came to it since, or of all where one of them is not what it was, batches of
   * images that share a file.
   *
   * @param images to count
   * @param hashes of their files
   * @param chosen the kind of image score that counts in this run
   * @param isSearched whether an image was searched before, without which it was never counted
   * @param faults receives a sentence on each file that cannot be used, which is removed
   */
  static KnownCounts read(
      ArtifactStore store,
      ArtifactKey key,
      List<ImageRef> images,
      InputHashes hashes,
      ImageScoreKind chosen,
      Predicate<ImageRef> isSearched,
      Consumer<String> faults)
      throws IOException {
    Map<String, ImageRef> wanted = new HashMap<>();
    images.forEach(image -> wanted.put(image.relativePath(), image));
    KnownCounts known = new KnownCounts(ScoredPart.empty(), new HashMap<>());
    Selection selection = new Selection(store, wanted, hashes, chosen, known, faults);
    try {
      Optional<ArtifactFile> whole = store.find(Kind.COUNTED, key);
      if (whole.isPresent()) {
        selection.take(pack(whole.get(), Kind.COUNTED.path(key)));
      }
    } catch (DamagedArtifactException e) {
      faults.accept(e.getMessage());
      store.remove(Kind.COUNTED.path(key));
    }
    if (images.stream().anyMatch(image -> isSearched.test(image) && !known.holds(image))) {
      List<Pack> batches =
          new ArrayList<>(Packs.read(store, Kind.COUNTS, key, CountPacks::pack, faults));
      batches.sort(Comparator.comparingInt(pack -> -pack.counted().size()));
      for (Pack pack : batches) {
        selection.take(pack);
      }
    }
    return known;
  }

  /** The counts that are taken, file by file. */
  private record Selection(
      ArtifactStore store,
      Map<String, ImageRef> wanted,
      InputHashes hashes,
      ImageScoreKind chosen,
      KnownCounts known,
      Consumer<String> faults) {

    /** Takes a file whose images are all wanted, as they were, and not taken already. */
    void take(Pack pack) throws IOException {
      if (pack.counted().stream()
          .allMatch(
              image ->
                  isAsItWas(image, wanted, hashes)
                      && !known.images().containsKey(image.image().path()))) {
        try {
          CountPacks.take(pack, wanted, chosen, known.part())
              .forEach(image -> known.images().put(image.image().ref().relativePath(), image));
        } catch (DamagedArtifactException e) {
          faults.accept(e.getMessage());
          store.remove(pack.name());
        }
      }
    }
  }

  private static boolean isAsItWas(
      Counted counted, Map<String, ImageRef> wanted, InputHashes hashes) {
    ImageRef ref = wanted.get(counted.image().path());
    return ref != null
        && hashes.image(ref).filter(counted.sha256()::equals).isPresent()
        && hashes.masksAsOne(ref).equals(counted.masks())
        && labels(ref).equals(counted.labels());
  }

  private static Pack pack(ArtifactFile file, String name) throws DamagedArtifactException {
    try {
      Document read =
          JsonDocument.parse(file.document()).requireVersion(FORMAT_VERSION).as(Document.class);
      return new Pack(name, read.counted(), file.bytes(), file.values());
    } catch (IllegalArgumentException e) {
      throw new DamagedArtifactException(name, "holds no counts: " + e.getMessage());
    }
  }

  /** Adds a file's images and counts to a part. */
  private static List<CountedImage> take(
      Pack pack, Map<String, ImageRef> refs, ImageScoreKind chosen, ScoredPart part)
      throws DamagedArtifactException {
    try {
      return Decoding.<List<CountedImage>, IOException, IOException>guarded(
          () -> {
            List<ScoredImage> images =
                StoredImages.read(
                    pack.counted().stream().map(Counted::image).toList(),
                    pack.values(),
                    refs,
                    chosen);
            CategoryCounts counts = CategoryCountsCodec.decode(inflated(pack.counts()));
            if (!counts.paths().equals(paths(images))) {
              throw new IOException("its counts are of other images");
            }
            part.counts().merge(counts);
            part.images().addAll(images);
            List<CountedImage> counted = new ArrayList<>();
            for (int i = 0; i < images.size(); i++) {
              Counted stored = pack.counted().get(i);
              counted.add(new CountedImage(images.get(i), stored.sha256(), stored.masks()));
            }
            return counted;
          },
          IOException::new);
    } catch (IOException e) {
      throw new DamagedArtifactException(pack.name(), "holds no counts: " + e.getMessage());
    }
  }

  private static List<String> paths(List<ScoredImage> images) {
    return images.stream()
        .map(image -> image.ref().relativePath())
        .sorted()
        .collect(Collectors.toList());
  }

  private static byte[] inflated(byte[] packed) throws IOException {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      if (in.read() >= 0) {
        throw new IOException("they take more than any that are written");
      }
      return bytes;
    }
  }
}
