namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Browser and operating system, as far as an owner needs them to recognise a session. The header they are read from is
/// not kept: with its versions it would tell people apart.
/// </summary>
internal readonly record struct DeviceDescription(string? Browser, string? OperatingSystem)
{
    // In this order: most browsers name those that they are compatible with as well.
    private static readonly (string Mark, string Name)[] s_browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    public static DeviceDescription Of(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return new DeviceDescription(Find(s_browsers, agent), Find(s_systems, agent));
    }

    private static string? Find((string Mark, string Name)[] marks, string agent) =>
        Array.Find(marks, mark => agent.Contains(mark.Mark, StringComparison.Ordinal)).Name;
}
