package io.nightjar.bank.store;

import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainName;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * One version of a stored bank: what it was built with and which files it consists of. The rows of
 * the bank are those of {@code files}, one after another; within a file they are image by image, in
 * the order of {@code images}.
 *
 * @param version counts from 1
 * @param parent the version that this one follows; empty for the first
 * @param category the bank's name
 * @param created when, in ISO 8601, UTC
 * @param creator the program and its version
 * @param backbone the network that embedded the images
 * @param dimension values of a row
 * @param images in the order of their rows
 * @param pca what reduced the patches to rows
 * @param files the files with the rows, in order
 * @param coreset how rows were selected; empty where all were kept
 * @param sources where the images came from, in the order in which they were added
 * @param inputs what became of every entry that was found where its newest images come from; empty
 *     where nothing was listed
 * @param note for a person
 * @param whiteLevel the sample that was white in images of more than 8 bits; empty where it was the
 *     largest of their depth
 * @param position how the place on the grid counts in the rows; empty where it does not
 */
public record BankManifest(
    int version,
    OptionalInt parent,
    String category,
    String created,
    String creator,
    BankBackbone backbone,
    int dimension,
    List<Image> images,
    Pca pca,
    List<RowFile> files,
    Optional<Coreset> coreset,
    List<Source> sources,
    Optional<Ledger> inputs,
    String note,
    OptionalInt whiteLevel,
    Optional<Position> position) {

  /** The newest version of the format that is read. */
  public static final int FORMAT_VERSION = 2;

  /**
   * An image whose patches the bank holds.
   *
   * @param path what names it within the bank
   * @param sha256 of the image file, in hexadecimal
   * @param rows it has in the bank
   * @param file the row file that holds them
   */
  public record Image(String path, String sha256, int rows, String file) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Redacts a path that is an address. */
    public Image {
      path = Addresses.redacted(path);
    }
  }

  /**
   * A place that images came from.
   *
   * @param location as it was given
   * @param layout the layout that it was read in, by its name in options, such as {@code folder};
   *     empty for plain folders and lists of images, and where it was not recorded
   */
  public record Source(String location, String layout) {
    /** Redacts the address. */
    public Source {
      location = Addresses.redacted(location);
    }

    /**
     * A place as a person names it, which a later process finds wherever it runs.
     *
     * @throws InvalidInputException if its file system cannot be reached
     */
    public static Source of(String location, String layout, Configuration configuration) {
      try {
        return new Source(HadoopPaths.absolute(location, configuration), layout);
      } catch (IOException | IllegalArgumentException e) {
        throw PlaceFault.refused("%s cannot be reached: %s", location, e);
      }
    }

    /** A place that is read in whatever layout it is in. */
    public static Source of(String location) {
      return new Source(location, "");
    }
  }

  /**
   * An immutable file of rows.
   *
   * @param name relative to the bank's folder
   * @param bytes its length
   * @param sha256 of its bytes, in hexadecimal
   * @param rows in it
   */
  public record RowFile(String name, long bytes, String sha256, int rows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The principal components.
   *
   * @param file relative to the bank's folder
   * @param sha256 of its bytes, in hexadecimal
   * @param rule by which they were kept
   * @param explainedVariance explained variance ratio of the components
   * @param fittedOnImages the number of images that they were fitted on
   */
  public record Pca(
      String file,
      String sha256,
      ComponentRule rule,
      double explainedVariance,
      int fittedOnImages) {}

  /**
   * How rows were chosen.
   *
   * @param ratio fraction of the rows that was kept
   * @param seed of the random choices
   * @param method its name
   */
  public record Coreset(double ratio, long seed, String method) {}

  /**
   * How the place of a patch on the grid counts in its row.
   *
   * @param factor by which the median distance of normal patches was multiplied, above 0
   * @param step what one cell aside adds to a value, which is the product
   */
  public record Position(double factor, double step) {
    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public Position {
      require(
          factor > 0 && step >= 0 && factor < Double.POSITIVE_INFINITY && Double.isFinite(step),
          Text.format("its position has the factor %s and the step %s", factor, step));
    }

    /** A sentence for readers of results. */
    public String describe() {
      return Text.format(
          "A patch one cell of the grid aside counts %.4g in a distance, in quadrature: %s times"
              + " %.4g, the median distance of normal patches from those of other images.",
          step, factor, step / factor);
    }
  }

  /**
   * @throws IllegalArgumentException if numbers are out of range or do not agree with one another
   */
  public BankManifest {
    images = List.copyOf(images);
    files = List.copyOf(files);
    sources = List.copyOf(sources);
    require(version >= 1, Text.format("its version is %d, and versions count from 1", version));
    require(
        parent.orElse(0) < version,
        Text.format(
            "its version %d follows version %d, which is no older one", version, parent.orElse(0)));
    PlainName.fault(category)
        .ifPresent(fault -> require(false, Text.format("its category \"%s\" %s", category, fault)));
    requireFile("pca", pca.file());
    files.forEach(file -> requireFile("rows", file.name()));
    require(dimension >= 1, Text.format("its rows have %d values", dimension));
    require(!images.isEmpty(), "it names no image");
    requireRows(images, files);
  }

  /**
   * The manifest of a bank whose inputs are not known, of images in which the largest sample is
   * white.
   */
  public BankManifest(
      int version,
      OptionalInt parent,
      String category,
      String created,
      String creator,
      BankBackbone backbone,
      int dimension,
      List<Image> images,
      Pca pca,
      List<RowFile> files,
      Optional<Coreset> coreset,
      List<Source> sources,
      String note) {
    this(
        version,
        parent,
        category,
        created,
        creator,
        backbone,
        dimension,
        images,
        pca,
        files,
        coreset,
        sources,
        Optional.empty(),
        note,
        OptionalInt.empty(),
        Optional.empty());
  }

  /**
   * The version of the format that this manifest is written in: programs that know only the first
   * would compare images with the bank, or fit it again, in another way.
   *
   * @return 2 where there are several networks or image sizes, images or a grid that are no
   *     squares, averaged stages, tiles, places on the grid, a limit of the components or weights
   *     of the stages, else 1
   */
  public int formatVersion() {
    boolean isPlain =
        backbone.networks() == 1
            && backbone.imageSizes().size() == 1
            && backbone.isSquare()
            && !backbone.averaged()
            && backbone.tiles().isWhole()
            && position.isEmpty()
            && pca.rule().limit().isEmpty()
            && pca.rule().weights().isNone();
    return isPlain ? 1 : 2;
  }

  /** A file that the bank consists of lies in its folder, and nowhere else. */
  private static void requireFile(String folder, String file) {
    require(
        file.startsWith(folder + "/")
            && PlainName.fault(file.substring(folder.length() + 1)).isEmpty(),
        Text.format("it names the file \"%s\", which is none in its folder %s", file, folder));
  }

  private static void requireRows(List<Image> images, List<RowFile> files) {
    Map<String, Long> missing = new LinkedHashMap<>();
    files.forEach(file -> missing.put(file.name(), (long) file.rows()));
    require(missing.size() == files.size(), "it names a file of rows twice");
    Set<String> paths = new HashSet<>();
    for (Image image : images) {
      require(paths.add(image.path()), Text.format("it names the image %s twice", image.path()));
      require(
          missing.containsKey(image.file()),
          Text.format(
              "the image %s is in the file %s, which it does not list",
              image.path(), image.file()));
      missing.merge(image.file(), (long) -image.rows(), Long::sum);
    }
    missing.forEach(
        (file, rows) ->
            require(
                rows == 0,
                Text.format("the file %s and its images differ by %d rows", file, rows)));
    require(files.stream().anyMatch(file -> file.rows() > 0), "it has no rows");
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }

  /**
   * The version after this one, with other rows: files of this version that stay, and new ones.
   *
   * @param rows all files of the next version, in order
   * @param from all sources, also those of this version that still hold
   * @param found what became of every entry that was found for the next version
   */
  public BankManifest next(
      List<WrittenRows> rows,
      Pca reduction,
      String time,
      String program,
      List<Source> from,
      Optional<Ledger> found,
      String remark) {
    return new BankManifest(
        version + 1,
        OptionalInt.of(version),
        category,
        time,
        program,
        backbone,
        dimension,
        rows.stream().flatMap(file -> file.images().stream()).toList(),
        reduction,
        rows.stream().map(WrittenRows::file).toList(),
        coreset,
        from,
        found,
        remark,
        whiteLevel,
        position);
  }

  /** Where the images came from, without repetitions. */
  public List<String> locations() {
    return sources.stream().map(Source::location).distinct().toList();
  }

  /** Rows of the bank. */
  public long rows() {
    return files.stream().mapToLong(RowFile::rows).sum();
  }

  /** Bytes of all files with rows. */
  public long bytes() {
    return files.stream().mapToLong(RowFile::bytes).sum();
  }
}
