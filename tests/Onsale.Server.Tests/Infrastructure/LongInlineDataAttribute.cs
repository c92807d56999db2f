using System.Reflection;
using Xunit.Sdk;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A row of a theory whose other rows show the same, such as another width or language. It runs where
/// <c>ONSALE_LONG_TESTS</c> is 1, as in CI, and is skipped aloud elsewhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class LongInlineDataAttribute : DataAttribute
{
    private readonly object?[] _row;

    public LongInlineDataAttribute(params object?[] row)
    {
        _row = row;
        if (!LongFactAttribute.IsRun)
            Skip = LongFactAttribute.Reason;
    }

    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) => [_row];
}
