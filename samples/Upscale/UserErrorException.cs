namespace Deconv.Samples.Upscale;

/// <summary>Something that the user asked for cannot be done; the message is for them.</summary>
internal sealed class UserErrorException(string message, Exception? cause = null)
    : Exception(message, cause);
