from people import privacy

privacy.exempt(
    "Who brought a file to the site: it shows the name of the account, which goes with the account.",
    "home.SiteDocument.uploaded_by_user",
    "home.SiteImage.uploaded_by_user",
    "home.SiteMedia.uploaded_by_user",
)
