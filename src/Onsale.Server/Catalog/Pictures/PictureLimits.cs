namespace Onsale.Server.Catalog.Pictures;

/// <summary>Every bound of this module in one place. The unit is the last word of each name.</summary>
internal static class PictureLimits
{
    /// <summary>A file that is uploaded.</summary>
    public const int MaxUploadBytes = 10 * 1024 * 1024;

    /// <summary>The request around it.</summary>
    public const int MaxRequestBytes = MaxUploadBytes + (64 * 1024);

    /// <summary>Of an uploaded picture: what it takes when it is decoded.</summary>
    public const long MaxPixels = 40_000_000;

    /// <summary>The shorter side of an uploaded picture.</summary>
    public const int MinSidePixels = 200;

    /// <summary>Largest quality that JPEG and WebP are written with, percent.</summary>
    public const int QualityPercent = 80;

    /// <summary>How long an upload waits for those before it, seconds.</summary>
    public const int MaxWaitSeconds = 20;

    /// <summary>When to try again that waited in vain, seconds.</summary>
    public const int RetryAfterSeconds = 10;

    /// <summary>How long a picture that no event shows is kept, hours.</summary>
    public const int KeepUnusedHours = 24;

    /// <summary>How often such pictures are looked for, seconds.</summary>
    public const int CleanUpSeconds = 3600;

    /// <summary>Widths that each picture is offered in, pixels; none is larger than the picture itself.</summary>
    public static readonly int[] Widths = [480, 960, 1600, 2400];
}
