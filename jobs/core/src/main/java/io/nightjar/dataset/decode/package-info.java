/**
 * Decoders of PNG, JPEG, BMP and TIFF to 8-bit RGB, strict about damaged files and bounded in
 * memory, as wholes or row by row. PNG and most of TIFF are decoded here, the other formats by the
 * JDK's ImageIO after their headers are checked.
 */
package io.nightjar.dataset.decode;
