package io.nightjar.dataset.listing;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ledger.PassedOver;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What files and folders are by their names alone. */
public final class FileKinds {
  /** In lower case. Names that begin with a dot or an underscore are hidden anyway. */
  private static final Set<String> DESKTOP =
      Set.of(
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "icon\r",
          "__macosx",
          ".ds_store",
          ".appledouble",
          ".directory",
          ".spotlight-v100",
          ".trashes",
          ".fseventsd",
          ".snapshot",
          ".snapshots",
          ".thumbnails",
          ".@__thumb",
          "@eadir",
          "@tmp",
          "@recycle",
          "@recently-snapshot",
          "#recycle",
          "#snapshot",
          "$recycle.bin",
          "recycler",
          "system volume information",
          "lost+found",
          "network trash folder",
          "temporary items",
          "thevolumesettingsfolder");

  private static final Set<String> COMPANIONS =
      Set.of(
          "txt", "md", "rst", "pdf", "html", "htm", "doc", "docx", "odt", "rtf", "csv", "tsv",
          "xls", "xlsx", "ods", "json", "jsonl", "ndjson", "xml", "yaml", "yml", "toml", "ini",
          "cfg", "conf", "log", "sha256", "sha1", "md5", "sig", "bib", "py", "sh", "ipynb", "crc",
          "parquet", "names", "url", "lnk");

  private static final Set<String> COMPANION_NAMES =
      Set.of(
          "license",
          "licence",
          "readme",
          "copying",
          "notice",
          "changelog",
          "authors",
          "version",
          "citation",
          "checksums",
          "md5sums",
          "sha256sums");

  /** Types of images by their extensions, each with its name; those that are read are not asked. */
  private static final Map<String, String> IMAGE_TYPES =
      Map.ofEntries(
          Map.entry("webp", "WebP"),
          Map.entry("gif", "GIF"),
          Map.entry("jp2", "JPEG 2000"),
          Map.entry("j2k", "JPEG 2000"),
          Map.entry("j2c", "JPEG 2000"),
          Map.entry("jpf", "JPEG 2000"),
          Map.entry("jpx", "JPEG 2000"),
          Map.entry("jxl", "JPEG XL"),
          Map.entry("jxr", "JPEG XR"),
          Map.entry("heic", "HEIC"),
          Map.entry("heif", "HEIF"),
          Map.entry("hif", "HEIF"),
          Map.entry("avif", "AVIF"),
          Map.entry("fits", "FITS"),
          Map.entry("fit", "FITS"),
          Map.entry("fts", "FITS"),
          Map.entry("dcm", "DICOM"),
          Map.entry("dicom", "DICOM"),
          Map.entry("exr", "OpenEXR"),
          Map.entry("hdr", "Radiance HDR"),
          Map.entry("dds", "DDS"),
          Map.entry("tga", "TGA"),
          Map.entry("psd", "Photoshop"),
          Map.entry("ico", "ICO"),
          Map.entry("pgm", "PGM"),
          Map.entry("ppm", "PPM"),
          Map.entry("pbm", "PBM"),
          Map.entry("pnm", "PNM"),
          Map.entry("pam", "PAM"),
          Map.entry("pfm", "PFM"),
          Map.entry("svg", "SVG"),
          Map.entry("raw", "raw"),
          Map.entry("dng", "DNG"),
          Map.entry("cr2", "CR2"),
          Map.entry("cr3", "CR3"),
          Map.entry("nef", "NEF"),
          Map.entry("arw", "ARW"),
          Map.entry("btf", "BigTIFF"),
          Map.entry("tf8", "BigTIFF"),
          Map.entry("npy", "NumPy"),
          Map.entry("npz", "NumPy"),
          Map.entry("apng", "APNG"),
          Map.entry("pjpeg", "JPEG (.pjpeg)"),
          Map.entry("dib", "BMP (.dib)"));

  private FileKinds() {}

  /** Whether neither the entry nor what is below it is looked at. */
  public static boolean isPassedOver(String name) {
    return ImageFiles.isHidden(name) || isDesktop(name);
  }

  /** Whether desktops and file servers make a file or folder of this name, by themselves. */
  public static boolean isDesktop(String name) {
    return DESKTOP.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The name of an image's type that is not read; empty for all other files. */
  public static Optional<String> unreadImageType(String name) {
    return ImageFiles.isImage(name)
        ? Optional.empty()
        : Optional.ofNullable(IMAGE_TYPES.get(extension(name)));
  }

  /** Whether nothing says what type a file is of: no extension, or one that is not known. */
  public static boolean isUnknown(String name) {
    return !ImageFiles.isImage(name)
        && !IMAGE_TYPES.containsKey(extension(name))
        && !isCompanion(name)
        && !isPassedOver(name);
  }

  /** Why an entry is passed over that its layout has no use for. */
  static PassedOver.Kind kind(Entry entry) {
    String name = entry.name();
    if (isDesktop(name)) {
      return PassedOver.Kind.DESKTOP;
    }
    if (ImageFiles.isHidden(name)) {
      return PassedOver.Kind.HIDDEN;
    }
    if (entry.isFolder() || ImageFiles.isImage(name)) {
      return PassedOver.Kind.OUTSIDE;
    }
    if (IMAGE_TYPES.containsKey(extension(name))) {
      return PassedOver.Kind.IMAGE_TYPE;
    }
    return isCompanion(name) ? PassedOver.Kind.COMPANION : PassedOver.Kind.OTHER;
  }

  private static boolean isCompanion(String name) {
    return COMPANIONS.contains(extension(name))
        || COMPANION_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** In lower case; empty where there is none. */
  public static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
